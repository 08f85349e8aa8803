#include "ui/widgets/panel.h"

#include "text/errortext.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>

namespace andon::ui
{

namespace
{
constexpr int kHint = 420; // px
}

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_text(new Label({}, Tone::Normal, 12, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(30, 5, 12, 5);
    row->addWidget(m_text, 1);
    m_text->setWordWrap(true);
    setAccessibleName(tr("Notice"));
}

void Banner::set(const core::Freshness &freshness, core::Instant now)
{
    QString sentence = text::freshnessLine(freshness, now);
    if (freshness.error)
        sentence += u' ' + text::nextStep(*freshness.error);
    setText(static_cast<int>(statusOf(freshness.state)), sentence);
}

void Banner::setText(int status, const QString &sentence)
{
    m_status = status;
    m_text->setText(sentence);
    setAccessibleDescription(sentence);
    update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.tintOf(static_cast<Status>(m_status)));
    paintStatus(painter, QRectF(12, (height() - 12) / 2.0, 12, 12), static_cast<Status>(m_status), t);
}

Panel::Panel(QWidget *parent)
    : QWidget(parent)
    , m_banner(new Banner(this))
    , m_message(new QWidget(this))
    , m_title(new Label({}, Tone::Strong, 15, m_message))
    , m_hint(new Label({}, Tone::Muted, 13, m_message))
    , m_button(new QPushButton(m_message))
    , m_emptyTitle(tr("Nothing here"))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    m_banner->hide();
    m_stack = new QStackedLayout;
    column->addLayout(m_stack, 1);

    auto *centre = new QVBoxLayout(m_message);
    centre->setSpacing(8);
    centre->addStretch(2);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_hint), static_cast<QWidget *>(m_button)})
        centre->addWidget(widget, 0, Qt::AlignHCenter);
    centre->addStretch(3);
    m_title->setAlignment(Qt::AlignCenter);
    m_hint->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_hint->setWordWrap(true);
    m_hint->setFixedWidth(kHint);
    m_hint->hide(); // or it would keep a narrow panel wide
    m_stack->addWidget(m_message);
    connect(m_button, &QPushButton::clicked, this,
            [this] { m_filtered ? Q_EMIT clearFilterRequested() : Q_EMIT retryRequested(); });
}

void Panel::setContent(QWidget *content)
{
    m_content = content;
    m_stack->addWidget(content);
}

void Panel::setEmptyText(const QString &title, const QString &hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
}

void Panel::showMessage(int, const QString &title, const QString &hint, const QString &button)
{
    m_title->setText(title);
    m_title->setToolTip(tipOf(title)); // a long address does not wrap
    m_hint->setText(hint);
    m_hint->setFixedHeight(
        std::max(0, m_hint->heightForWidth(kHint))); // a box layout cuts off what an aligned label wraps
    m_hint->setVisible(!hint.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_stack->setCurrentWidget(m_message);
}

void Panel::show(const core::Freshness &freshness, core::Instant now, bool hasValue, bool filtered)
{
    using core::FreshnessState;
    m_filtered = filtered && !hasValue;
    const bool bad = freshness.state == FreshnessState::Stale || freshness.state == FreshnessState::Partial;
    m_banner->setVisible(bad);
    if (bad)
        m_banner->set(freshness, now);
    if (hasValue && m_content) {
        m_stack->setCurrentWidget(m_content);
        return;
    }
    const QString why = freshness.error ? text::headline(*freshness.error) : QString();
    const QString next = freshness.error ? text::nextStep(*freshness.error) : QString();
    switch (freshness.state) {
    case FreshnessState::Loading:
        return showMessage(0, tr("Loading…"), {}, {});
    case FreshnessState::Unavailable:
        return showMessage(0, why.isEmpty() ? tr("Unavailable") : why, next, tr("Try again"));
    case FreshnessState::Forbidden:
        return showMessage(0, tr("This source does not show this to your account"), next, tr("Try again"));
    case FreshnessState::NotConfigured:
        return showMessage(0, tr("No source for this yet"), tr("Add it to the site in Settings."), {});
    default:
        break;
    }
    if (m_filtered)
        showMessage(0, tr("Nothing matches the filter"), {}, tr("Clear the filter"));
    else
        showMessage(0, m_emptyTitle, m_emptyHint, {});
}

} // namespace andon::ui
