// What the commands of the log do on Versions, and the bar that compares two marked commits.
#include "text/comparelink.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/logbar.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <map>

namespace andon::ui
{

namespace
{

using versions::ShapeOptions;

constexpr const char *kOthers = "others"; // than matches, beside them

struct Parts {
    CommitLog &log;
    LogBar &bar;
    QCheckBox &onlyMatches;
    const QString &argument;
};

const std::map<QString, std::function<void(const Parts &)>> &deeds()
{
    static const std::map<QString, std::function<void(const Parts &)>> all{
        {QStringLiteral("log.parent"), [](const Parts &on) { on.log.goToParent(); }},
        {QStringLiteral("log.child"), [](const Parts &on) { on.log.goToChild(); }},
        {QStringLiteral("log.older"), [](const Parts &on) { on.log.goAlongBranch(1); }},
        {QStringLiteral("log.newer"), [](const Parts &on) { on.log.goAlongBranch(-1); }},
        {QStringLiteral("log.mark.a"), [](const Parts &on) { on.log.mark(CommitLog::Mark::A); }},
        {QStringLiteral("log.mark.b"), [](const Parts &on) { on.log.mark(CommitLog::Mark::B); }},
        {QStringLiteral("log.fold"), [](const Parts &on) { on.log.canFold() ? on.log.fold() : void(); }},
        {QStringLiteral("log.all"), [](const Parts &on) { on.bar.showAll(); }},
        {QStringLiteral("log.runs"), [](const Parts &on) { on.bar.setDetail(ShapeOptions::Detail::Runs); }},
        {QStringLiteral("log.structure"), [](const Parts &on) { on.bar.setDetail(ShapeOptions::Detail::Structure); }},
        {QStringLiteral("log.merges"), [](const Parts &on) { on.bar.setMergesFolded(!on.bar.options().foldMerges); }},
        {QStringLiteral("log.matches"), [](const Parts &on) { on.onlyMatches.click(); }},
        {QStringLiteral("log.only"), [](const Parts &on) { on.bar.toggle(on.argument); }},
        {QStringLiteral("log.everywhere"), [](const Parts &on) { on.bar.showAllRefs(); }},
    };
    return all;
}

} // namespace

bool VersionsPage::knows(const QString &command) const
{
    return deeds().contains(command);
}

void VersionsPage::act(const QString &command, const QString &argument)
{
    if (const auto deed = deeds().find(command); deed != deeds().end())
        deed->second({*m_log, *m_bar, *m_onlyMatches, argument});
}

std::vector<models::QuickEntry> VersionsPage::offers(const QString &command) const
{
    return command == QStringLiteral("log.only") ? m_bar->offers() : std::vector<models::QuickEntry>();
}

std::vector<std::string> VersionsPage::showing() const
{
    std::vector<std::string> words = m_bar->shown(m_repo);
    if (!m_onlyMatches->isChecked())
        words.emplace_back(kOthers);
    return words;
}

void VersionsPage::setShowing(const std::vector<std::string> &words)
{
    m_onlyMatches->setChecked(std::find(words.begin(), words.end(), kOthers) == words.end());
    m_bar->setShown(m_repo, words);
}

QWidget *VersionsPage::makeCompareBar(QWidget *parent)
{
    m_compare = new QWidget(parent);
    auto *row = new QHBoxLayout(m_compare);
    row->setContentsMargins(10, 6, 10, 6);
    row->setSpacing(10);
    m_compared = new Label({}, Tone::Normal, 12, m_compare);
    m_compared->setElided(true);
    m_openCompare = new QPushButton(tr("Open compare"), m_compare);
    auto *clear = new QPushButton(tr("Clear"), m_compare);
    row->addWidget(m_compared, 1);
    row->addWidget(clear);
    row->addWidget(m_openCompare);
    connect(clear, &QPushButton::clicked, m_log, &CommitLog::clearMarks);
    connect(m_openCompare, &QPushButton::clicked, this, [this] { Q_EMIT linkRequested(compareLink()); });
    connect(m_log, &CommitLog::marksChanged, this, &VersionsPage::renderCompare);
    m_compare->hide();
    return m_compare;
}

QString VersionsPage::compareLink() const
{
    const auto a = m_log->marked(CommitLog::Mark::A);
    const auto b = m_log->marked(CommitLog::Mark::B);
    return a && b ? text::compareLink({QString::fromStdString(m_repo.value), QString::fromStdString(a->id().value),
                                       QString::fromStdString(b->id().value)})
                  : QString();
}

void VersionsPage::renderCompare()
{
    const auto a = m_log->marked(CommitLog::Mark::A);
    const auto b = m_log->marked(CommitLog::Mark::B);
    const auto graph = m_repository.snapshot().value.graph;
    m_compare->setVisible((a || b) && graph);
    if (m_compare->isHidden())
        return;
    const auto name = [&](const std::optional<versions::Oid> &id, const char *letter, const QString &missing) {
        return QString::fromLatin1(letter) + u' ' + (id ? text::shortId(id->id().value) : missing);
    };
    QString words =
        tr("Compare %1 → %2")
            .arg(name(a, "A", tr("not marked: m on a commit")), name(b, "B", tr("not marked: Shift+M on a commit")));
    if (a && b) {
        const std::int32_t base = graph->mergeBase(graph->rowOf(*a), graph->rowOf(*b));
        words += QStringLiteral("   ")
            + (base == versions::kNone ? tr("no common history")
                                       : tr("both stand on %1").arg(text::shortId(graph->oid(base).id().value)));
    }
    m_compared->setText(words);
    m_openCompare->setEnabled(a && b);
}

} // namespace andon::ui
