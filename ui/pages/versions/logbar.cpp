#include "ui/pages/versions/logbar.h"

#include "text/plain.h"
#include "ui/pages/versions/commitlog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

namespace andon::ui
{

using versions::ShapeOptions;

namespace
{

const QString kMerges = QStringLiteral("merges");
const QString kDetails[] = {QString(), QStringLiteral("runs"), QStringLiteral("structure")};

QString wordOf(const versions::Ref &ref)
{
    return (ref.kind == versions::RefKind::Branch ? QStringLiteral("branch:") : QStringLiteral("tag:"))
        + QString::fromStdString(ref.name.value);
}

QString nameOf(const QString &word)
{
    return word.section(u':', 1);
}

} // namespace

LogBar::LogBar(CommitLog &log, factory::Worker &worker, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
    , m_worker(worker)
    , m_detail(new QComboBox(this))
    , m_merges(new QCheckBox(tr("Fold merges"), this))
    , m_branches(new QPushButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 6);
    row->setSpacing(10);
    m_detail->addItems({tr("All commits"), tr("Runs folded"), tr("Tips and merges only")});
    m_detail->setAccessibleName(tr("What the log shows"));
    m_merges->setToolTip(tr("Hide what only the second parents of merges reach; Enter on a merge shows its side"));
    m_branches->setToolTip(tr("Show all branches again"));
    for (QWidget *widget :
         {static_cast<QWidget *>(m_detail), static_cast<QWidget *>(m_merges), static_cast<QWidget *>(m_branches)})
        row->addWidget(widget);
    row->addStretch(1);
    connect(m_detail, &QComboBox::activated, this, [this](int index) { setDetail(ShapeOptions::Detail(index)); });
    connect(m_merges, &QCheckBox::toggled, this, &LogBar::setMergesFolded);
    connect(m_branches, &QPushButton::clicked, this, &LogBar::showAllRefs);
    connect(&log, &CommitLog::foldRequested, this, &LogBar::toggleFold);
    connect(&log, &CommitLog::revealRequested, this, &LogBar::reveal);
    render();
}

void LogBar::setRepository(const factory::RepositoryView &view)
{
    const core::RepositoryId &id = view.repository.repository.id;
    const bool other = m_view.repository.repository.id != id;
    const bool same = m_view.graph == view.graph;
    m_view = view;
    m_refs.clear();
    for (const factory::RefRow &row : view.refs)
        m_refs.push_back(row.ref);
    if (other) {
        m_only.clear();
        m_options.folded.clear();
        m_options.unfolded.clear();
    }
    if (!same)
        m_shape.reset();
    if (m_waiting && (m_waiting->repo.empty() || m_waiting->repo == id))
        apply(std::exchange(m_waiting, std::nullopt)->words);
    else if (!same) {
        findHeads();
        work();
    }
    if (other)
        m_waiting.reset(); // what it waited for was left
}

std::vector<std::string> LogBar::shown(const core::RepositoryId &repo) const
{
    if (m_waiting && (m_waiting->repo.empty() || m_waiting->repo == repo))
        return m_waiting->words;
    std::vector<std::string> words;
    if (m_options.detail != ShapeOptions::Detail::All)
        words.push_back(kDetails[static_cast<int>(m_options.detail)].toStdString());
    if (m_options.foldMerges)
        words.push_back(kMerges.toStdString());
    if (repo == m_view.repository.repository.id)
        for (const QString &word : m_only)
            words.push_back(word.toStdString());
    return words;
}

void LogBar::setShown(const core::RepositoryId &repo, const std::vector<std::string> &words)
{
    if (!m_view.graph || m_view.repository.repository.id != repo) {
        m_waiting = Wanted{repo, words};
        return;
    }
    m_waiting.reset();
    if (words != shown(repo))
        apply(words);
}

void LogBar::apply(const std::vector<std::string> &words)
{
    m_options = {};
    m_only.clear();
    for (const std::string &one : words) {
        const QString word = QString::fromStdString(one);
        for (const auto detail : {ShapeOptions::Detail::Runs, ShapeOptions::Detail::Structure})
            if (word == kDetails[static_cast<int>(detail)])
                m_options.detail = detail;
        m_options.foldMerges = m_options.foldMerges || word == kMerges;
        if ((word.startsWith(u"branch:") || word.startsWith(u"tag:")) && !m_only.contains(word))
            m_only << word;
    }
    if (m_wanted) // it is chosen, seen or not: what folds was asked for too
        m_log.choose(m_view.graph->rowOf(*std::exchange(m_wanted, std::nullopt)));
    findHeads();
    work();
}

void LogBar::findHeads()
{
    m_options.heads.clear();
    QStringList gone;
    for (const QString &word : std::exchange(m_only, {})) {
        const auto ref =
            std::find_if(m_refs.begin(), m_refs.end(), [&](const versions::Ref &one) { return wordOf(one) == word; });
        const auto head = ref == m_refs.end() ? std::nullopt : versions::Oid::fromHex(ref->commit.value);
        if (!head) {
            gone << nameOf(word);
            continue;
        }
        m_only << word;
        m_options.heads.push_back(*head);
    }
    if (!gone.isEmpty())
        Q_EMIT missing(gone);
}

void LogBar::setDetail(ShapeOptions::Detail detail)
{
    m_options.detail = detail;
    m_options.unfolded.clear();
    work();
    Q_EMIT edited();
}

void LogBar::setMergesFolded(bool folded)
{
    m_options.foldMerges = folded;
    m_options.folded.clear();
    m_options.unfolded.clear();
    work();
    Q_EMIT edited();
}

void LogBar::toggleBranch(const QString &commit, const QString &name)
{
    for (const versions::Ref &ref : m_refs)
        if (ref.commit.value == commit.toStdString() && ref.name.value == name.toStdString())
            return toggle(wordOf(ref));
}

void LogBar::toggle(const QString &word)
{
    if (!m_only.removeOne(word))
        m_only << word;
    findHeads();
    work();
    Q_EMIT edited();
}

void LogBar::showAllRefs()
{
    m_only.clear();
    m_options.heads.clear();
    work();
    Q_EMIT edited();
}

void LogBar::showAll()
{
    showWhole();
    Q_EMIT edited();
}

void LogBar::showWhole()
{
    m_options = {};
    m_only.clear();
    work();
}

std::vector<models::QuickEntry> LogBar::offers() const
{
    std::vector<models::QuickEntry> all;
    for (const versions::Ref &ref : m_refs)
        all.push_back({ref.kind == versions::RefKind::Branch ? tr("Branch") : tr("Tag"), text::visible(ref.name.value),
                       m_only.contains(wordOf(ref)) ? tr("chosen") : QString(), wordOf(ref)});
    return all;
}

void LogBar::toggleFold(std::int32_t row)
{
    const versions::Oid id = m_view.graph->oid(row);
    const std::int32_t shown = m_shape ? m_shape->shownAt(row) : versions::kNone;
    const bool run = shown != versions::kNone && m_shape->rows[static_cast<std::size_t>(shown)].run > 0;
    std::set<versions::Oid> &against = run || m_options.foldMerges ? m_options.unfolded : m_options.folded;
    if (against.erase(id) == 0)
        against.insert(id);
    work();
}

void LogBar::reveal(std::int32_t row)
{
    m_wanted = m_view.graph->oid(row);
    if (m_options.heads.empty() && !m_options.foldMerges && m_options.folded.empty()
        && m_options.detail == ShapeOptions::Detail::Runs && m_shape) {
        for (const versions::LogShape::Row &one : m_shape->rows) { // the run that it is in
            if (one.run == 0 || one.row > row || one.last < row)
                continue;
            std::int32_t inner = one.row;
            while (inner < row)
                inner = m_view.graph->topology().first[static_cast<std::size_t>(inner)];
            if (inner == row) {
                m_options.unfolded.insert(m_view.graph->oid(one.row));
                return work();
            }
        }
    }
    showWhole();
}

std::vector<char> LogBar::kept() const
{
    std::vector<char> kept(static_cast<std::size_t>(m_view.graph->size()), 0);
    const auto keep = [&](const versions::Oid &id) {
        if (const std::int32_t row = m_view.graph->rowOf(id); row != versions::kNone)
            kept[static_cast<std::size_t>(row)] = 1;
    };
    if (m_view.gates)
        for (const auto &[id, gates] : *m_view.gates)
            if (gates.failed > 0 || gates.skipped > 0)
                keep(id);
    for (const CommitLog::Mark mark : {CommitLog::Mark::A, CommitLog::Mark::B})
        if (const auto id = m_log.marked(mark))
            keep(*id);
    return kept;
}

void LogBar::work()
{
    render();
    const auto ready = [this](Shape shape) {
        m_shape = std::move(shape);
        m_log.setShape(m_shape);
        if (const auto wanted = std::exchange(m_wanted, std::nullopt))
            m_log.select(m_view.graph->rowOf(*wanted));
        Q_EMIT changed();
    };
    if (m_options.isWhole() || !m_view.graph) {
        m_shaping.stop();
        return ready(nullptr);
    }
    m_shaping.start(
        m_worker.run<Shape>(
            {},
            [graph = m_view.graph, refs = m_refs, options = m_options, kept = kept(),
             main = m_view.repository.repository.defaultBranch](const core::Cancel &) -> core::Result<Shape> {
                return std::make_shared<const versions::LogShape>(versions::shapeOf(*graph, refs, main, options, kept));
            }),
        this, [ready](const core::Result<Shape> &shape) {
            if (shape)
                ready(*shape);
        });
}

void LogBar::render()
{
    const QSignalBlocker quiet(m_merges);
    m_detail->setCurrentIndex(static_cast<int>(m_options.detail));
    m_merges->setChecked(m_options.foldMerges);
    m_branches->setVisible(!m_only.isEmpty());
    QStringList names;
    for (const QString &word : m_only.first(std::min<qsizetype>(m_only.size(), 2)))
        names << text::visible(nameOf(word).toStdString());
    if (m_only.size() > 2)
        names << tr("%n more", nullptr, static_cast<int>(m_only.size()) - 2);
    m_branches->setText(tr("Only %1 ✕").arg(names.join(QStringLiteral(", "))));
}

} // namespace andon::ui
