#include "ui/pages/versions/commitdetails.h"

#include "text/comparelink.h"
#include "text/errortext.h"
#include "text/naturetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/versions/detailparts.h"
#include "ui/pages/versions/gateband.h"
#include "ui/pages/versions/hookcard.h"
#include "ui/pages/versions/usedby.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

#include <map>

namespace andon::ui
{

namespace
{

constexpr int kKeyWide = 120; // px, of metadata that stand in one line
constexpr int kValueWide = 170;

} // namespace

CommitDetails::CommitDetails(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setObjectName(QStringLiteral("commitDetails"));
    auto *host = new QWidget(this);
    host->setAutoFillBackground(true);
    host->setBackgroundRole(QPalette::Base);
    auto *outer = new QVBoxLayout(host);
    outer->setContentsMargins(0, 0, 0, 12);
    outer->setSpacing(0);
    m_empty = new Label(tr("Select a commit to see what it is."), Tone::Muted, 13, host);
    m_empty->setContentsMargins(12, 12, 12, 12);
    outer->addWidget(m_empty);
    m_body = new QWidget(host);
    outer->addWidget(m_body);
    outer->addStretch(1);

    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *head = new Card(tr("Commit"), m_body);
    head->setFlat(true);
    auto *copy = new QPushButton(tr("Copy"), head);
    copy->setFlat(true);
    copy->setMenu(copyMenu(copy));
    m_idLabel = new Label({}, Tone::Muted, 11, head);
    m_idLabel->setFont(monoFont(11));
    head->header()->insertWidget(1, m_idLabel);
    head->header()->addWidget(copy);
    column->addWidget(head);

    auto *text = new QVBoxLayout;
    text->setContentsMargins(12, 2, 12, 2);
    text->setSpacing(6);
    m_title = new Label({}, Tone::Strong, 15, m_body);
    m_title->setWordWrap(true);
    m_message = new Label({}, Tone::Second, 12, m_body);
    m_message->setWordWrap(true);
    m_gate = new GateBand(m_body);
    text->addWidget(m_title);
    text->addWidget(m_message);
    text->addWidget(m_gate);
    m_facts = new QGridLayout;
    m_facts->setHorizontalSpacing(12);
    m_facts->setVerticalSpacing(4);
    m_facts->setColumnMinimumWidth(0, 78);
    m_facts->setColumnStretch(1, 1);
    text->addLayout(m_facts);
    column->addLayout(text);
    m_metadata = new Card(tr("Metadata"), m_body);
    m_hooks = new HookCard(m_body);
    m_changes = new Card(tr("Changes"), m_body);
    for (Card *card : {m_metadata, static_cast<Card *>(m_hooks), m_changes}) {
        card->setFlat(true);
        card->body()->setContentsMargins(12, 6, 12, 2);
        card->body()->setSpacing(4);
        column->addWidget(card);
    }
    connect(m_hooks, &HookCard::outputRequested, this, &CommitDetails::outputRequested);
    m_usedBy = new UsedBy(m_body);
    column->insertWidget(column->indexOf(m_changes), m_usedBy);
    connect(m_usedBy, &UsedBy::linkRequested, this, &CommitDetails::linkRequested);
    m_changes->setNote(tr("against the first parent"));
    m_compare = idButton(tr("Compare"), m_changes);
    auto *objects = idButton(tr("Objects"), m_changes);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        Q_EMIT linkRequested(text::compareLink({m_repo, m_parent, m_id, versions::DiffMode::TwoDot}));
    });
    connect(objects, &QPushButton::clicked, this, [this] {
        Q_EMIT linkRequested(text::objectLink({m_repo, m_id, {}}));
    });
    for (QPushButton *button : {m_compare, objects})
        m_changes->header()->addWidget(button);
    setWidget(host);
    clear();
}

QMenu *CommitDetails::copyMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    const auto add = [&](const QString &what, auto text) {
        menu->addAction(what, this, [text] { QGuiApplication::clipboard()->setText(text()); });
    };
    add(tr("Id"), [this] { return m_id; });
    add(tr("lakefs:// URI"), [this] { return QStringLiteral("lakefs://%1/%2/").arg(m_repo, m_id); });
    add(tr("s3:// URI, through the gateway"), [this] { return QStringLiteral("s3://%1/%2/").arg(m_repo, m_id); });
    menu->addAction(tr("Link to this page"), this, [this] { Q_EMIT commandRequested(QStringLiteral("link.copy")); });
    return menu;
}

void CommitDetails::setContext(const factory::CommitContext &context, core::Instant now)
{
    constexpr std::size_t kMostShown = 3;
    for (std::size_t i = 0; i < std::min(kMostShown, context.same.size()); ++i)
        addFact(i == 0 ? tr("Same data as") : QString(), text::shortId(context.same[i].value),
                QString::fromStdString(context.same[i].value));
    if (const auto more = static_cast<int>(context.same.size()) - static_cast<int>(kMostShown); more > 0)
        addFact({},
                context.moreSame ? tr("and more than %n other(s)", nullptr, more)
                                 : tr("and %n other(s)", nullptr, more));
    m_usedBy->set(context, now);
}

void CommitDetails::clear()
{
    m_id.clear();
    m_body->hide();
    m_empty->show();
}

QWidget *CommitDetails::addFact(const QString &name, const QString &value, const QString &link, const QString &note)
{
    const int row = m_facts->rowCount();
    m_facts->addWidget(new Label(name, Tone::Muted, 12, m_body), row, 0, Qt::AlignTop);
    if (link.isEmpty()) {
        auto *text = new Label(value, Tone::Normal, 12, m_body);
        text->setElided(true);
        m_facts->addWidget(text, row, 1);
        return text;
    }
    auto *button = idButton(value, m_body);
    connect(button, &QPushButton::clicked, this, [this, link] { Q_EMIT commitRequested(link); });
    auto *cell = new QHBoxLayout;
    cell->addWidget(button);
    cell->addWidget(new Label(note, Tone::Muted, 12, m_body), 1);
    m_facts->addLayout(cell, row, 1);
    return button;
}

void CommitDetails::addChildren(const CommitAround &around)
{
    for (std::size_t i = 0; i < around.children.size(); ++i) {
        const core::CommitId &id = around.children[i];
        addFact(around.children.size() + static_cast<std::size_t>(around.moreChildren) == 1 ? tr("Child")
                    : i == 0                                                                ? tr("Children")
                                                                                            : QString(),
                text::shortId(id.value), QString::fromStdString(id.value));
    }
    if (around.moreChildren > 0)
        addFact({}, tr("and %n more", nullptr, around.moreChildren));
}

void CommitDetails::addNature(const factory::CommitDetail &detail)
{
    const versions::CommitNature &nature = detail.nature;
    const QString reason = text::natureReason(nature);
    QWidget *kind = addFact(tr("Kind"), text::natureText(nature));
    if (!reason.isEmpty())
        kind->setToolTip(reason);
    if (nature.about.empty())
        return;
    // One that the cache does not have cannot be shown: it is named and leads nowhere.
    const QString id = text::shortId(nature.about.value);
    QWidget *about = detail.aboutCached
        ? addFact(text::aboutTitle(nature.kind), id, QString::fromStdString(nature.about.value),
                  text::aboutNote(nature))
        : addFact(text::aboutTitle(nature.kind), tr("%1, in no branch or tag that is here").arg(id));
    about->setObjectName(QStringLiteral("about"));
    if (!reason.isEmpty())
        about->setToolTip(reason);
}

void CommitDetails::setDetail(const core::RepositoryId &repo, const factory::CommitDetail &detail,
                              const CommitAround &around, core::Instant now)
{
    const versions::Commit &commit = detail.commit;
    m_repo = QString::fromStdString(repo.value);
    m_id = QString::fromStdString(commit.id.value);
    m_parent = commit.parents.empty() ? QString() : QString::fromStdString(commit.parents.front().value);
    m_compare->setVisible(!m_parent.isEmpty());
    m_usedBy->hide();
    m_empty->hide();
    m_body->show();
    m_idLabel->setText(text::shortId(commit.id.value));
    const std::string_view subject = versions::subject(commit);
    m_title->setText(subject.empty() ? tr("(no message)") : text::visible(subject));
    const QString rest = text::visibleLines(std::string_view(commit.message).substr(subject.size())).trimmed();
    m_message->setText(rest);
    m_message->setVisible(!rest.isEmpty());
    const bool refused = around.containing.empty()
        && std::any_of(detail.runs.begin(), detail.runs.end(), [](const versions::ActionRun &run) {
                             return run.status == versions::HookStatus::Failed && run.event.starts_with("pre-");
                         });
    m_gate->set(detail, refused);
    clearLayout(m_facts);
    const core::Instant at = core::Instant::fromSeconds(commit.created);
    addNature(detail);
    addFact(tr("Committer"), commit.committer.empty() ? tr("none") : text::visible(commit.committer));
    addFact(tr("Date"), text::dateTime(at) + QStringLiteral(" · ") + text::ago(at, now));
    int n = 1;
    for (const core::CommitId &parent : commit.parents)
        addFact(commit.parents.size() > 1 ? tr("Parent %1").arg(n++) : tr("Parent"), text::shortId(parent.value),
                QString::fromStdString(parent.value));
    addChildren(around);
    addFact(tr("Data id"), text::shortId(commit.metaRangeId));
    QStringList names;
    for (const versions::Ref &ref : around.containing)
        names << text::visible(ref.name.value);
    QString in = names.join(QStringLiteral(", "));
    if (around.moreContaining > 0)
        in = tr("%1 and %n more", nullptr, around.moreContaining).arg(in);
    addFact(tr("Contained in"),
            !names.isEmpty() ? in
                : refused    ? tr("no branch or tag: a gate refused it")
                             : tr("no branch or tag"));
    addFact(tr("URI"), QStringLiteral("lakefs://%1/%2").arg(m_repo, text::shortId(commit.id.value)));
    fillMetadata(commit);
    m_hooks->set(detail);
    clearLayout(m_changes->body());
    m_changes->body()->addWidget(
        new Label(commit.parents.empty() ? tr("The first commit has nothing to compare with.") : tr("Loading…"),
                  Tone::Muted, 12, m_changes));
}

void CommitDetails::fillMetadata(const versions::Commit &commit)
{
    clearLayout(m_metadata->body());
    m_metadata->setVisible(!commit.metadata.empty());
    m_metadata->setNote(text::count(static_cast<std::int64_t>(commit.metadata.size())));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[key, value] : commit.metadata) {
        auto *name = new Label(text::visible(key), Tone::Muted, 11, m_metadata);
        auto *what = new Label(text::visible(value), Tone::Normal, 11, m_metadata);
        for (Label *label : {name, what}) {
            label->setFont(monoFont(11));
            label->setElided(true);
        }
        const auto wide = [](Label *label) { return label->fontMetrics().horizontalAdvance(label->text()); };
        const bool beside = wide(name) <= kKeyWide && wide(what) <= kValueWide; // else below, with all of the width
        grid->addWidget(name, row, 0, 1, beside ? 1 : 2);
        row += beside ? 0 : 1;
        if (!beside)
            what->setContentsMargins(12, 0, 0, 0);
        grid->addWidget(what, row++, beside ? 1 : 0, 1, beside ? 1 : 2);
    }
    m_metadata->body()->addLayout(grid);
}

void CommitDetails::setChanges(const std::vector<versions::DiffEntry> &entries, bool more)
{
    clearLayout(m_changes->body());
    // Rolled up by the first two folders: what a person wants to know first is where.
    struct Sum {
        std::int64_t added = 0, removed = 0, changed = 0, bytes = 0;
        bool known = true;
    };
    std::map<std::string, Sum> folders;
    Sum total;
    for (const versions::DiffEntry &entry : entries) {
        const std::size_t first = entry.path.find('/');
        const std::size_t second = first == std::string::npos ? first : entry.path.find('/', first + 1);
        Sum &sum = folders[second != std::string::npos      ? entry.path.substr(0, second + 1)
                               : first != std::string::npos ? entry.path.substr(0, first + 1)
                                                            : entry.path];
        for (Sum *s : {&sum, &total}) {
            (entry.type == versions::DiffType::Added         ? s->added
                 : entry.type == versions::DiffType::Removed ? s->removed
                                                             : s->changed)++;
            s->bytes += entry.sizeBytes.value_or(0);
            s->known &= entry.sizeBytes.has_value();
        }
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    int row = 0;
    const auto line = [&](const QString &name, const Sum &sum, Tone tone) {
        auto *path = new Label(name, tone, 12, m_changes);
        path->setElided(true);
        grid->addWidget(path, row, 0);
        int column = 1;
        for (const auto &[n, sign] : {std::pair(sum.added, u'+'), {sum.changed, u'~'}, {sum.removed, u'−'}}) {
            auto *cell = new Label(n ? sign + text::count(n) : QString(), Tone::Second, 12, m_changes);
            cell->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            grid->addWidget(cell, row, column++);
        }
        auto *size = new Label(sum.known ? text::bytes(sum.bytes) : QStringLiteral("—"), Tone::Second, 12, m_changes);
        size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(size, row++, column);
    };
    int shown = 0;
    for (const auto &[name, sum] : folders)
        if (shown++ < 12)
            line(text::visible(name), sum, Tone::Normal);
    line(more ? tr("First %1").arg(text::count(static_cast<std::int64_t>(entries.size()))) : tr("Total"), total,
         Tone::Strong);
    m_changes->body()->addLayout(grid);
}

void CommitDetails::setChangesError(const core::Error &error)
{
    clearLayout(m_changes->body());
    auto *label = new Label(text::headline(error), Tone::Muted, 12, m_changes);
    label->setWordWrap(true);
    m_changes->body()->addWidget(label);
}

void CommitDetails::setHookOutput(const QString &title, const QString &output)
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Output of %1").arg(title));
    dialog->resize(720, 420);
    auto *column = new QVBoxLayout(dialog);
    auto *view = new QPlainTextEdit(dialog);
    view->setReadOnly(true);
    view->setFont(monoFont(12));
    view->setPlainText(output.isEmpty() ? tr("The hook wrote nothing.") : output);
    column->addWidget(view);
    dialog->open();
}

} // namespace andon::ui
