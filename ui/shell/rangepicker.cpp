#include "ui/shell/rangepicker.h"

#include "ui/theme/style.h"
#include "ui/widgets/label.h"

#include <QDateTime>
#include <QDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace andon::ui
{

namespace
{

constexpr int kHeight = 26;
constexpr const char *kPresets[] = {"now-15m", "now-1h", "now-6h", "now-24h", "now-2d", "now-7d", "now-30d", "now/d"};

/// The popup: presets on the left, any range on the right. Ends itself when the range was taken.
class RangePopup final : public QDialog
{
public:
    RangePopup(RangePicker &picker, const std::function<core::Instant()> &now)
        : QDialog(&picker, Qt::Popup)
        , m_picker(picker)
        , m_now(now)
        , m_from(new QLineEdit(picker.words().from, this))
        , m_to(new QLineEdit(picker.words().to, this))
        , m_says(new Label({}, Tone::Muted, 12, this))
        , m_apply(new QPushButton(RangePicker::tr("Apply"), this))
    {
        setAttribute(Qt::WA_DeleteOnClose);
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(12, 12, 12, 12);
        row->setSpacing(16);
        row->addLayout(presets());
        auto *form = new QGridLayout;
        form->setVerticalSpacing(6);
        int line = 0;
        for (const auto &[title, edit] : {std::pair(RangePicker::tr("From"), m_from), {RangePicker::tr("To"), m_to}}) {
            form->addWidget(new Label(title, Tone::Second, 12, this), line++, 0);
            edit->setAccessibleName(title);
            edit->setFixedSize(230, kHeight);
            form->addWidget(edit, line++, 0);
            connect(edit, &QLineEdit::textChanged, this, [this] { check(); });
            connect(edit, &QLineEdit::returnPressed, this, [this] { take(words()); });
        }
        m_says->setWordWrap(true);
        m_says->setFixedSize(230, 48);
        m_says->setAlignment(Qt::AlignTop);
        form->addWidget(m_says, line++, 0);
        m_apply->setFixedHeight(kHeight);
        m_apply->setDefault(true);
        connect(m_apply, &QPushButton::clicked, this, [this] { take(words()); });
        form->addWidget(m_apply, line++, 0, Qt::AlignRight);
        form->setRowStretch(line, 1);
        row->addLayout(form);
        check();
        m_from->setFocus();
        m_from->selectAll();
    }

private:
    QVBoxLayout *presets()
    {
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        for (const char *preset : kPresets) {
            const text::RangeWords words{QString::fromLatin1(preset), QStringLiteral("now")};
            auto *button = new QPushButton(text::describe(words, m_now(), QTimeZone::systemTimeZone()), this);
            button->setFlat(true);
            button->setFixedSize(140, kHeight);
            button->setCheckable(true);
            button->setChecked(words == m_picker.words());
            connect(button, &QPushButton::clicked, this, [this, words] { take(words); });
            column->addWidget(button);
        }
        column->addStretch(1);
        return column;
    }
    [[nodiscard]] text::RangeWords words() const { return {m_from->text(), m_to->text()}; }
    void check()
    {
        const auto range = text::timeRange(words(), m_now(), QTimeZone::systemTimeZone());
        m_apply->setEnabled(range.has_value());
        m_says->setText(range ? text::describe(text::absolute(*range), m_now(), QTimeZone::systemTimeZone())
                              : QString::fromStdString(range.error().detail));
    }
    void take(const text::RangeWords &words)
    {
        if (m_picker.setWords(words))
            close();
    }

    RangePicker &m_picker;
    const std::function<core::Instant()> &m_now;
    QLineEdit *m_from;
    QLineEdit *m_to;
    Label *m_says;
    QPushButton *m_apply;
};

} // namespace

RangePicker::RangePicker(std::function<core::Instant()> now, QWidget *parent)
    : QWidget(parent)
    , m_now(std::move(now))
    , m_text(new QPushButton(this))
    , m_live(new QPushButton(tr("Follow"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    const auto step = [this](const QString &glyph, const QString &name, int direction) {
        auto *button = new QPushButton(glyph, this);
        button->setFixedSize(30, kHeight);
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QPushButton::clicked, this, [this, direction] { shift(direction); });
        return button;
    };
    row->addWidget(step(QStringLiteral("‹"), tr("Earlier, by half the range (Ctrl+Left)"), -1));
    m_text->setFixedHeight(kHeight);
    m_text->setToolTip(tr("The time range of all pages (Ctrl+T)"));
    connect(m_text, &QPushButton::clicked, this, &RangePicker::openPopup);
    row->addWidget(m_text);
    row->addWidget(step(QStringLiteral("›"), tr("Later, by half the range (Ctrl+Right)"), 1));
    m_live->setFixedHeight(kHeight);
    m_live->setCheckable(true);
    m_live->setToolTip(tr("End at the present again, and stay there (Ctrl+L)"));
    connect(m_live, &QPushButton::clicked, this, &RangePicker::follow);
    row->addWidget(m_live);
    render();
}

core::TimeRange RangePicker::range() const
{
    const core::Instant now = m_now();
    const auto range = text::timeRange(m_words, now, QTimeZone::systemTimeZone());
    return range ? *range : core::TimeRange{now - core::kDay, now};
}

bool RangePicker::setWords(const text::RangeWords &words)
{
    if (!text::timeRange(words, m_now(), QTimeZone::systemTimeZone()))
        return false;
    if (words == m_words)
        return true;
    m_words = words;
    render();
    Q_EMIT changed();
    return true;
}

void RangePicker::shift(int direction)
{
    const core::TimeRange at = range();
    const std::int64_t by = direction * at.length() / 2;
    core::TimeRange shifted{at.from + by, at.to + by};
    if (shifted.to >= m_now()) // the future has no data: the end stays at the present
        return follow();
    setWords(text::absolute(shifted));
}

void RangePicker::zoomOut()
{
    const core::TimeRange at = range();
    const std::int64_t half = at.length() / 2;
    core::TimeRange wide{at.from - half, at.to + half};
    const core::Instant now = m_now();
    if (wide.to > now)
        wide = {now - at.length() * 2, now};
    const bool followed = text::followsClock(m_words);
    setWords(followed ? text::RangeWords{QStringLiteral("now-%1s").arg(at.length() * 2 / 1000), QStringLiteral("now")}
                      : text::absolute(wide));
}

void RangePicker::follow()
{
    if (text::followsClock(m_words))
        return render(); // a click has unchecked the button
    const std::int64_t length = range().length();
    const QString from = length % core::kHour == 0 ? QStringLiteral("now-%1h").arg(length / core::kHour)
                                                   : QStringLiteral("now-%1s").arg(length / 1000);
    setWords({from, QStringLiteral("now")});
}

void RangePicker::setPinned(bool pinned)
{
    m_live->setVisible(!pinned);
    render();
}

void RangePicker::openPopup()
{
    auto *popup = new RangePopup(*this, m_now);
    popup->adjustSize();
    popup->move(m_text->mapToGlobal(QPoint(m_text->width() - popup->width(), m_text->height() + 4)));
    popup->open();
}

void RangePicker::render()
{
    const QTimeZone zone = QTimeZone::systemTimeZone();
    const QString zoneName = zone.displayName(QDateTime::currentDateTime(), QTimeZone::ShortName);
    m_text->setText(text::describe(m_words, m_now(), zone) + QStringLiteral("   ") + zoneName);
    m_text->setAccessibleName(tr("Time range: %1").arg(m_text->text()));
    m_live->setChecked(text::followsClock(m_words));
    m_live->setText(text::followsClock(m_words) ? tr("Following") : tr("Follow"));
}

} // namespace andon::ui
