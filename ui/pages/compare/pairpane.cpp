#include "ui/pages/compare/pairpane.h"

#include "factory/compareservice.h"
#include "factory/objectservice.h"
#include "factory/worker.h"
#include "text/comparelink.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/compare/difflist.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linkbutton.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace andon::ui
{

namespace
{

using versions::DiffEntry;
using versions::DiffType;

PreviewSide sideOf(factory::ObjectService &objects, const core::RepositoryId &repo, const core::CommitId &at,
                   const std::string &path, const QString &called, factory::Access access, const core::Cancel &cancel)
{
    PreviewSide side{.name = called};
    auto preview = objects.preview(repo, core::RefName(at.value), path, access, cancel);
    if (!preview) {
        side.missing = text::headline(preview.error());
        return side;
    }
    side.picture = pictureOf(*preview);
    side.preview = std::move(*preview);
    return side;
}

} // namespace

PairPane::PairPane(factory::CompareService &comparisons, factory::ObjectService &objects, factory::Worker &worker,
                   QWidget *parent)
    : Card({}, parent)
    , m_comparisons(comparisons)
    , m_objects(objects)
    , m_worker(worker)
{
    setFlat(true);
    for (std::size_t i = 0; i < m_who.size(); ++i) {
        m_who[i] = linkButton({}, this);
        m_who[i]->hide();
        header()->addWidget(m_who[i]);
        connect(m_who[i], &QPushButton::clicked, this, [this, i] { Q_EMIT linkRequested(m_links[i]); });
    }
    m_differences = new Label({}, Tone::Muted, 12, this);
    header()->addWidget(m_differences);
    int direction = -1;
    for (QPushButton *&button : m_steps) {
        button = new QPushButton(direction < 0 ? QStringLiteral("▲") : QStringLiteral("▼"), this);
        button->setFixedSize(28, 20);
        const QString name = direction < 0 ? tr("The difference before") : tr("The next difference");
        button->setAccessibleName(name);
        button->setToolTip(name);
        header()->addWidget(button);
        connect(button, &QPushButton::clicked, this,
                [this, direction] { renderDifferences(m_preview->step(direction)); });
        direction = 1;
    }
    m_preview = new PreviewView(this);
    body()->addWidget(m_preview, 1);
    clear(true);
}

void PairPane::clear(bool canChoose)
{
    stop();
    setTitle({});
    setNote({});
    renderWho({}, {});
    m_preview->showWords(canChoose ? tr("Choose an object above to see both sides of it.") : QString());
    renderDifferences(0);
}

void PairPane::stop()
{
    m_reading.stop();
    m_asking.stop();
}

void PairPane::showPair(const factory::Comparison &comparison, const DiffEntry &entry, factory::Access access)
{
    setTitle(text::visible(entry.path.substr(entry.path.rfind('/') + 1)));
    setNote(changeName(entry.type));
    m_preview->showWords(tr("Reading …"));
    renderDifferences(0);
    renderWho({}, {});
    read(comparison, entry, access);
    askWho(comparison, entry, access);
}

void PairPane::read(const factory::Comparison &c, const DiffEntry &entry, factory::Access access)
{
    const core::CommitId &left = c.beside(entry.type);
    const auto name = [](const QString &letter, const core::CommitId &id) {
        return letter + u' ' + text::shortId(id.value);
    };
    const QString leftName = name(left == c.left.commit.id ? QStringLiteral("A") : tr("base"), left);
    const QString rightName = name(QStringLiteral("B"), c.right.commit.id);
    m_reading.start(
        m_worker.run<Sides>({},
                            [&objects = m_objects, c, entry, left, leftName, rightName,
                             access](const core::Cancel &cancel) -> core::Result<Sides> {
                                const auto side = [&](const QString &called, const core::CommitId &at, bool there) {
                                    return there ? sideOf(objects, c.repo, at, entry.path, called, access, cancel)
                                                 : PreviewSide{.name = called, .missing = tr("not on this side")};
                                };
                                return Sides{side(leftName, left, entry.type != DiffType::Added),
                                             side(rightName, c.right.commit.id, entry.type != DiffType::Removed)};
                            }),
        this, [this](const core::Result<Sides> &sides) {
            if (sides)
                m_preview->showTwo(sides->left, sides->right);
            renderDifferences(0);
            Q_EMIT changed();
        });
}

void PairPane::askWho(const factory::Comparison &c, const DiffEntry &entry, factory::Access access)
{
    m_asking.start(m_worker.run<factory::ChangedLast>(
                       {},
                       [&comparisons = m_comparisons, c, entry, access](const core::Cancel &cancel) {
                           return comparisons.changedLast(c, entry, access, cancel);
                       }),
                   this, [this, repo = c.repo](const core::Result<factory::ChangedLast> &last) {
                       if (last) // without it both sides stand there all the same
                           renderWho(*last, repo);
                       Q_EMIT changed();
                   });
}

void PairPane::renderWho(const factory::ChangedLast &last, const core::RepositoryId &repo)
{
    const std::optional<versions::Commit> *sides[] = {&last.left, &last.right};
    const bool both = last.left && last.right;
    for (std::size_t i = 0; i < m_who.size(); ++i) {
        m_who[i]->setVisible(sides[i]->has_value());
        if (!*sides[i])
            continue;
        const versions::Commit &commit = **sides[i];
        const QString id = text::shortId(commit.id.value);
        m_who[i]->setText(!both        ? tr("changed in %1").arg(id)
                              : i == 0 ? tr("A changed in %1").arg(id)
                                       : tr("B changed in %1").arg(id));
        m_links[i] = text::commitLink(repo, commit.id);
        const QString who = tr("%1, %2").arg(text::visible(commit.committer),
                                             text::dateTime(core::Instant::fromSeconds(commit.created)));
        m_who[i]->setToolTip((commit.created == 0 ? tr("The commit in Versions")
                                                  : who + u'\n' + text::visible(versions::subject(commit)))
                                 .toHtmlEscaped());
    }
}

void PairPane::renderDifferences(int place)
{
    const int all = m_preview->differences();
    m_differences->setText(all == 0         ? QString()
                               : place == 0 ? tr("%n difference(s)", nullptr, all)
                                            : tr("difference %1 of %2").arg(place).arg(all));
    for (QPushButton *button : m_steps)
        button->setVisible(all > 0);
}

} // namespace andon::ui
