#include "ui/pages/compare/comparehead.h"

#include "text/comparelink.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStringListModel>

namespace andon::ui
{

namespace
{

constexpr int kHeight = 92;
constexpr int kWays = 250; // the diagram, with the repository above it
constexpr int kMode = 292;

} // namespace

CompareHead::CompareHead(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
    setLayoutDirection(Qt::LeftToRight);
    m_refs = new QStringListModel(this);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 12, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    m_repositories = new QComboBox(this);
    m_repositories->setFixedHeight(24);
    m_repositories->setMaximumWidth(150);
    m_repositories->setAccessibleName(tr("Repository"));
    m_repositories->setToolTip(tr("The repository whose trees are compared"));
    grid->addWidget(m_repositories, 0, 0, Qt::AlignLeft | Qt::AlignTop);
    grid->setColumnMinimumWidth(0, kWays);
    int row = 0;
    for (const auto &[side, letter, name] :
         {std::tuple(&m_left, QStringLiteral("A"), tr("Side A: a branch, tag or commit; main@2026-11-20 for a date")),
          {&m_right, QStringLiteral("B"), tr("Side B: a branch, tag or commit; main@now-7d for a date")}}) {
        *side = buildSide(letter, name);
        auto *line = new QHBoxLayout;
        line->setSpacing(6);
        auto *badge = new Label(letter, Tone::Strong, 12, this);
        badge->setFixedWidth(14);
        for (QWidget *widget : {static_cast<QWidget *>(badge), static_cast<QWidget *>(side->line),
                                static_cast<QWidget *>(side->open), static_cast<QWidget *>(side->commit)})
            line->addWidget(widget);
        line->addWidget(side->facts, 1);
        line->addWidget(side->gate);
        for (QPushButton *model : side->models)
            line->addWidget(model);
        line->addWidget(side->moreModels);
        grid->addLayout(line, row++, 1);
    }
    auto *turn = new QPushButton(QStringLiteral("⇅"), this);
    turn->setFixedWidth(28);
    turn->setToolTip(tr("Swap A and B"));
    turn->setAccessibleName(tr("Swap A and B"));
    turn->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(turn, &QPushButton::clicked, this, &CompareHead::swap);
    grid->addWidget(turn, 0, 2, 2, 1);
    grid->addWidget(buildMode(), 0, 3, 2, 1);
    grid->setColumnStretch(1, 1);
    connect(m_repositories, &QComboBox::activated, this, [this] {
        m_left.line->clear();
        m_right.line->clear();
        Q_EMIT asked();
    });
}

CompareHead::Side CompareHead::buildSide(const QString &letter, const QString &name)
{
    Side side{new QLineEdit(this),
              new QPushButton(QStringLiteral("▾"), this),
              new Label({}, Tone::Second, 12, this),
              new QPushButton(this),
              new Pill(this),
              {},
              nullptr};
    side.gate->hide();
    for (QPushButton *&model : side.models) {
        model = new QPushButton(this);
        model->setFixedHeight(24);
        model->hide();
        connect(model, &QPushButton::clicked, this,
                [this, model] { Q_EMIT linkRequested(model->property("model").toString()); });
    }
    side.moreModels = new Label({}, Tone::Muted, 12, this);
    side.moreModels->hide();
    side.line->setFixedHeight(26);
    side.line->setMinimumWidth(120);
    side.line->setMaximumWidth(240);
    side.line->setFont(ui::font(13, true));
    side.line->setAccessibleName(name);
    side.line->setToolTip(name);
    side.line->setObjectName(QStringLiteral("side") + letter);
    auto *completer = new QCompleter(m_refs, side.line);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(14);
    side.line->setCompleter(completer);
    side.open->setFixedSize(24, 26);
    side.open->setToolTip(tr("Branches and tags"));
    side.open->setAccessibleName(tr("Branches and tags for side %1").arg(letter));
    side.commit->setProperty("link", true);
    side.commit->setFont(monoFont(12));
    side.commit->setCursor(Qt::PointingHandCursor);
    side.facts->setElided(true);
    connect(side.open, &QPushButton::clicked, this, [completer, line = side.line] {
        completer->setCompletionPrefix({});
        line->setFocus();
        completer->complete();
    });
    connect(side.line, &QLineEdit::returnPressed, this, &CompareHead::asked);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &CompareHead::asked,
            Qt::QueuedConnection);
    const bool left = letter == u"A";
    connect(side.commit, &QPushButton::clicked, this, [this, left] {
        if (m_comparison)
            Q_EMIT linkRequested(
                text::commitLink(m_comparison->repo, (left ? m_comparison->left : m_comparison->right).commit.id));
    });
    return side;
}

QWidget *CompareHead::buildMode()
{
    auto *box = new QWidget(this);
    box->setFixedWidth(kMode);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(6);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_two = new QPushButton(tr("Two-dot"), box);
    m_three = new QPushButton(tr("Three-dot"), box);
    for (QPushButton *button : {m_two, m_three}) {
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setFixedHeight(28);
        row->addWidget(button, 1);
        connect(button, &QPushButton::clicked, this, [this] {
            renderMode();
            Q_EMIT asked();
        });
    }
    m_two->setToolTip(tr("What B has against A itself"));
    m_three->setToolTip(tr("What B has against the merge base of both: what a merge would bring"));
    m_mode = new Label({}, Tone::Second, 12, box);
    m_mode->setWordWrap(true);
    m_mode->setMinimumHeight(38); // two lines
    m_mode->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(m_mode, 1);
    return box;
}

void CompareHead::renderMode()
{
    m_mode->setText(m_three->isChecked()
                        ? tr("What B changed since the merge base; where A changed it too, a conflict.")
                        : tr("What B has against A itself, whoever changed it."));
}

void CompareHead::setRepositories(const QStringList &names)
{
    const QString current = m_repositories->currentText();
    QStringList now;
    for (int i = 0; i < m_repositories->count(); ++i)
        now << m_repositories->itemText(i);
    if (now == names)
        return;
    m_repositories->clear();
    m_repositories->addItems(names);
    m_repositories->setCurrentText(current);
}

void CompareHead::setRefs(const QStringList &names)
{
    if (m_refs->stringList() != names)
        m_refs->setStringList(names);
}

void CompareHead::setWords(const text::CompareWords &words)
{
    if (m_repositories->findText(words.repo) < 0)
        m_repositories->addItem(words.repo);
    m_repositories->setCurrentText(words.repo);
    for (const auto &[side, text] : {std::pair(&m_left, &words.left), {&m_right, &words.right}})
        if (side->line->text() != *text) {
            side->line->setText(*text);
            side->line->setCursorPosition(0);
        }
    (words.mode == versions::DiffMode::ThreeDot ? m_three : m_two)->setChecked(true);
    renderMode();
}

text::CompareWords CompareHead::words() const
{
    return {.repo = m_repositories->currentText(),
            .left = m_left.line->text().trimmed(),
            .right = m_right.line->text().trimmed(),
            .mode = m_three->isChecked() ? versions::DiffMode::ThreeDot : versions::DiffMode::TwoDot};
}

void CompareHead::swap()
{
    text::CompareWords turned = words();
    std::swap(turned.left, turned.right);
    setWords(turned);
    Q_EMIT asked();
}

void CompareHead::setSide(Side &side, const factory::CompareSide *what, core::Instant now)
{
    side.commit->setVisible(what != nullptr);
    side.gate->setVisible(what && (what->gates.failed > 0 || what->gates.skipped > 0));
    if (!what) {
        side.facts->setText({});
        return;
    }
    const core::Instant at = core::Instant::fromSeconds(what->commit.created);
    const QString id = text::shortId(what->commit.id.value);
    side.commit->setText(id);
    side.commit->setToolTip(tr("Open the commit in Versions"));
    QStringList facts{text::dateTime(at), text::ago(at, now)};
    if (!what->commit.committer.empty())
        facts << text::visible(what->commit.committer);
    if (what->gates.failed > 0)
        side.gate->set(Status::Critical, tr("%n gate(s) failed", nullptr, what->gates.failed));
    else
        side.gate->set(Status::Major, tr("%n gate(s) skipped", nullptr, what->gates.skipped));
    facts << text::visible(versions::subject(what->commit));
    side.facts->setText(facts.join(QStringLiteral(" · ")));
}

void CompareHead::setComparison(const factory::Comparison *comparison, core::Instant now)
{
    m_comparison = comparison ? std::optional(*comparison) : std::nullopt;
    setSide(m_left, comparison ? &comparison->left : nullptr, now);
    setSide(m_right, comparison ? &comparison->right : nullptr, now);
    renderModels();
    update();
}

void CompareHead::setModels(Side &side, const factory::CompareContext::Models &models)
{
    QStringList names;
    for (auto one = models.rbegin(); one != models.rend(); ++one)
        names << text::visible(one->first.value + "@" + one->second.value);
    for (std::size_t i = 0; i < side.models.size(); ++i) {
        QPushButton *button = side.models[i];
        button->setVisible(i < models.size());
        if (i >= models.size())
            continue;
        const auto &[model, version] = models[models.size() - 1 - i];
        button->setText(names[static_cast<qsizetype>(i)]);
        button->setToolTip(tr("Trained on this commit: %1").arg(names.join(QStringLiteral(", "))).toHtmlEscaped());
        button->setProperty("model", QString::fromStdString("model:" + model.value + "@" + version.value));
    }
    const std::size_t more = models.size() - std::min(models.size(), side.models.size());
    side.moreModels->setVisible(more > 0);
    side.moreModels->setText(tr("and %n more", "models", static_cast<int>(more)));
}

void CompareHead::setContext(factory::CompareContext context)
{
    m_context = std::move(context);
    renderModels();
}

void CompareHead::renderModels()
{
    setModels(m_left, m_comparison ? m_context.left : factory::CompareContext::Models());
    setModels(m_right, m_comparison ? m_context.right : factory::CompareContext::Models());
}

void CompareHead::paintWays(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const factory::Comparison &c = *m_comparison;
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF base(112, 52);
    const double right = kWays + 12;
    const double rows[] = {m_left.line->geometry().center().y() + 0.5, m_right.line->geometry().center().y() + 0.5};
    const QColor colours[] = {t.series[4], t.series[0]};
    const std::int64_t commits[] = {c.left.commits, c.right.commits};
    for (int i = 0; i < 2; ++i) {
        QPainterPath way(base);
        way.cubicTo(base + QPointF(18, 0), QPointF(base.x() + 12, rows[i]), QPointF(base.x() + 34, rows[i]));
        way.lineTo(right, rows[i]);
        painter.setPen(QPen(colours[i], 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(way);
        const QString words = tr("%1 commit(s)", nullptr, static_cast<int>(std::min<std::int64_t>(commits[i], INT_MAX)))
                                  .arg(text::count(commits[i]));
        painter.setFont(ui::font(11));
        painter.setPen(t.text2);
        const QRectF room(base.x() + 38, rows[i] - (i == 0 ? 17 : -3), right - base.x() - 42, 14);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, words);
    }
    painter.setPen(QPen(c.base ? t.series[0] : t.muted, 2, c.base ? Qt::SolidLine : Qt::DotLine));
    painter.setBrush(t.surface);
    painter.drawEllipse(base, 4, 4);
    painter.setPen(t.text2);
    painter.setFont(ui::font(11));
    painter.drawText(QRectF(12, 36, 92, 14), Qt::AlignLeft | Qt::AlignVCenter,
                     c.base ? tr("merge base") : tr("no merge base"));
    if (!c.base)
        return;
    painter.setPen(t.text);
    painter.setFont(monoFont(12));
    painter.drawText(QRectF(12, 50, 92, 16), Qt::AlignLeft | Qt::AlignVCenter, text::shortId(c.base->id.value));
    painter.setPen(t.text2);
    painter.setFont(ui::font(11));
    painter.drawText(QRectF(12, 66, 92, 14), Qt::AlignLeft | Qt::AlignVCenter,
                     text::dateTime(core::Instant::fromSeconds(c.base->created)).left(10));
}

void CompareHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = tokens(this);
    painter.fillRect(rect(), t.surface);
    painter.fillRect(0, height() - 1, width(), 1, t.borderSubtle);
    if (m_comparison)
        paintWays(painter);
}

} // namespace andon::ui
