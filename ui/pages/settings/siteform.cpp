#include "ui/pages/settings/siteform.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/sourcetext.h"
#include "ui/pages/settings/sourcecard.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr const char *kKinds[] = {"lakefs", "prometheus", "mlflow"};
} // namespace

SiteForm::SiteForm(SiteDesk &desk, const core::Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_clock(clock)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(makeHead());
    m_list = new QVBoxLayout;
    m_list->setSpacing(10);
    column->addLayout(m_list);
    m_banner = new Banner(this);
    m_banner->hide();
    column->addWidget(m_banner);
    column->addWidget(makeFoot());
    showNew();
}

QWidget *SiteForm::makeHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title = new Label({}, Tone::Strong, 20, head);
    m_hint = new Label({}, Tone::Second, 12, head);
    m_hint->setWordWrap(true);
    words->addWidget(m_title);
    words->addWidget(m_hint);
    row->addLayout(words, 1);
    const auto field = [&](const QString &name, int width, const QString &hint) {
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(new Label(name, Tone::Muted, 12, head));
        auto *line = new QLineEdit(head);
        line->setFixedSize(width, 28);
        line->setTextMargins(6, 0, 6, 0);
        line->setPlaceholderText(hint);
        line->setAccessibleName(name);
        column->addWidget(line);
        row->addLayout(column);
        return line;
    };
    m_name = field(tr("Site name"), 120, QStringLiteral("ams-1"));
    m_shown = field(tr("Shown as"), 150, tr("the name"));
    m_book = field(tr("Price book"), 170, tr("none: no Economics"));
    m_book->setToolTip(tr("YAML file with what a GPU-hour costs and what tokens are sold for."));
    m_choose = new QPushButton(tr("Choose…"), head);
    m_choose->setFixedHeight(28);
    connect(m_choose, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Price book"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setNameFilter(tr("Price books (*.yaml *.yml)"));
        connect(dialog, &QFileDialog::fileSelected, m_book, &QLineEdit::setText);
        dialog->open();
    });
    row->addWidget(m_choose, 0, Qt::AlignBottom);
    return head;
}

QWidget *SiteForm::makeFoot()
{
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    const auto button = [&](const QString &words) {
        auto *one = new QPushButton(words, foot);
        one->setFixedHeight(30);
        one->setMinimumWidth(96);
        row->addWidget(one);
        return one;
    };
    m_remove = button(tr("Remove site…"));
    connect(m_remove, &QPushButton::clicked, this, &SiteForm::remove);
    row->addStretch(1);
    m_test = button(tr("Test all"));
    connect(m_test, &QPushButton::clicked, this, &SiteForm::testAll);
    m_save = button(tr("Save and open"));
    m_save->setProperty("primary", true);
    connect(m_save, &QPushButton::clicked, this, &SiteForm::save);
    return foot;
}

SourceCard *SiteForm::addCard(const std::string &kind)
{
    auto *card = new SourceCard(kind, this);
    m_list->addWidget(card);
    m_cards.push_back(card);
    connect(card, &SourceCard::testRequested, this, [this, card] { test(card); });
    connect(card, &SourceCard::edited, m_banner, &QWidget::hide);
    return card;
}

void SiteForm::fill(const profile::SiteConfig &config, bool isNew)
{
    for (SourceCard *card : m_cards)
        card->deleteLater();
    m_cards.clear();
    m_banner->hide();
    m_removing = false;
    m_remove->setText(tr("Remove site…"));
    m_site = isNew ? core::SiteName() : config.name;
    m_before = config;
    m_name->setText(text::visible(config.name.value));
    m_name->setReadOnly(!isNew);
    m_shown->setText(text::visible(config.title));
    m_book->setText(text::visible(config.priceBook));
    for (const char *kind : kKinds) {
        bool any = false;
        for (const profile::SourceConfig &source : config.sources)
            if (source.kind == kind) {
                addCard(kind)->set(source);
                any = true;
            }
        if (!any)
            addCard(kind);
    }
    const bool may = m_desk.mayChange();
    for (QWidget *widget : {static_cast<QWidget *>(m_save), static_cast<QWidget *>(m_choose)})
        widget->setVisible(may);
    m_remove->setVisible(may && !isNew);
    for (QLineEdit *line : {m_shown, m_book})
        line->setReadOnly(!may);
    for (SourceCard *card : m_cards)
        card->setReadOnly(!may);
}

void SiteForm::showNew()
{
    m_title->setText(tr("Connect your factory"));
    m_hint->setText(
        tr("Each source is optional and can be changed later. Andon only reads; secrets go to the keychain of "
           "this computer."));
    fill({}, true);
    m_name->setReadOnly(!m_desk.mayChange());
}

void SiteForm::showSite(const SiteListing &site)
{
    m_title->setText(tr("Site %1").arg(text::visible(site.name.value)));
    m_hint->setText(m_desk.mayChange() ? tr("What is changed takes effect when it is saved.") : m_desk.whyNot());
    fill(site.config, false);
    if (site.error)
        report(static_cast<int>(Status::Major), text::headline(*site.error) + u' ' + text::nextStep(*site.error));
    else
        askSecrets(site.config);
}

void SiteForm::askSecrets(const profile::SiteConfig &config)
{
    ++m_pending;
    core::whenDone<std::map<std::string, std::string>>(
        m_desk.secretsOf(config), this,
        [this, name = config.name](const core::Result<std::map<std::string, std::string>> &from) {
            --m_pending;
            for (SourceCard *card : m_cards)
                if (from && m_site == name)
                    if (const auto found = from->find(card->draft().config.name.value); found != from->end())
                        card->setSecretFrom(text::visible(found->second));
            Q_EMIT settledChanged();
        });
}

void SiteForm::showStates(const std::vector<factory::SourceState> &states)
{
    for (SourceCard *card : m_cards)
        for (const factory::SourceState &state : states)
            if (state.name == card->draft().config.name && !card->isEmpty())
                card->showState(state, m_clock.now());
}

void SiteForm::testAll()
{
    for (SourceCard *card : m_cards)
        if (!card->isEmpty())
            test(card);
}

void SiteForm::test(SourceCard *card)
{
    if (const QString wrong = card->complaint(); !wrong.isEmpty())
        return report(static_cast<int>(Status::Warning), wrong);
    ++m_pending;
    card->showTesting();
    const QPointer<SourceCard> shown = card; // the form may show another site by then
    core::whenDone<factory::SourceCheck>(
        m_desk.test(core::SiteName(m_name->text().trimmed().toStdString()), card->draft()), this,
        [this, shown](const core::Result<factory::SourceCheck> &answer) {
            --m_pending;
            if (shown) {
                factory::SourceCheck check =
                    answer ? *answer : factory::SourceCheck{.kind = shown->kind(), .error = answer.error()};
                check.at = m_clock.now();
                shown->showCheck(check, m_clock.now());
            }
            Q_EMIT settledChanged();
        });
}

SiteDraft SiteForm::draft() const
{
    SiteDraft draft{.config = m_before};
    draft.config.sources.clear();
    draft.config.name = core::SiteName(m_name->text().trimmed().toStdString());
    draft.config.title = m_shown->text().trimmed().toStdString();
    draft.config.priceBook = m_book->text().trimmed().toStdString();
    draft.replace = !m_site.empty();
    for (const SourceCard *card : m_cards)
        if (!card->isEmpty())
            draft.sources.push_back(card->draft());
    return draft;
}

QString SiteForm::complaint() const
{
    const SiteDraft site = draft();
    if (!profile::isSiteName(site.config.name.value))
        return tr("The site needs a name of small letters, digits and dashes, at most 40: it names its file.");
    if (m_site.empty())
        for (const SiteListing &listed : m_desk.sites())
            if (listed.name == site.config.name)
                return tr("There is a site “%1” already: choose it on the left to change it.")
                    .arg(text::visible(listed.name.value));
    for (const SourceCard *card : m_cards)
        if (const QString wrong = card->complaint(); !wrong.isEmpty())
            return wrong;
    if (site.sources.empty())
        return tr("Give at least one source an address.");
    profile::SiteConfig whole = site.config;
    for (const SourceDraft &source : site.sources)
        whole.sources.push_back(source.config);
    const auto valid = profile::validate(whole, "site");
    return valid ? QString() : text::headline(valid.error());
}

void SiteForm::save()
{
    if (const QString wrong = complaint(); !wrong.isEmpty())
        return report(static_cast<int>(Status::Warning), wrong);
    ++m_pending;
    m_save->setEnabled(false);
    core::whenDone<SiteSaved>(m_desk.save(draft()), this, [this](const core::Result<SiteSaved> &done) {
        --m_pending;
        m_save->setEnabled(true);
        takeSaved(done);
        Q_EMIT settledChanged();
    });
}

void SiteForm::takeSaved(const core::Result<SiteSaved> &done)
{
    if (!done)
        return report(static_cast<int>(Status::Major),
                      text::headline(done.error()) + u' ' + text::nextStep(done.error()));
    QStringList lines;
    const SiteDraft now = draft();
    for (const auto &[source, error] : done->notKept)
        for (const SourceDraft &one : now.sources)
            if (one.config.name.value == source)
                lines
                    << tr("%1: its secret is used until Andon ends, but was not kept (%2). Set %3 to have it the next "
                          "time.")
                           .arg(text::visible(source),
                                error.hint == "no-keychain" ? tr("there is no keychain here") : text::headline(error),
                                m_desk.variables(done->name, one.config));
    if (!lines.isEmpty())
        m_desk.leaveNotice(lines.join(u'\n'));
    Q_EMIT saved(text::visible(done->name.value));
}

void SiteForm::remove()
{
    if (!m_removing) { // asked once more, where it was pressed
        m_removing = true;
        m_remove->setText(tr("Really remove %1").arg(text::visible(m_site.value)));
        return report(static_cast<int>(Status::Warning),
                      tr("The site, its secrets and all that was cached of it go; the sources themselves stay as they "
                         "are. Press again to do it."));
    }
    m_removing = false;
    ++m_pending;
    core::whenDone<std::string>(m_desk.remove(m_site), this, [this](const core::Result<std::string> &done) {
        --m_pending;
        m_remove->setText(tr("Remove site…"));
        if (done)
            Q_EMIT removed(text::visible(*done));
        else
            report(static_cast<int>(Status::Major), text::headline(done.error()) + u' ' + text::nextStep(done.error()));
        Q_EMIT settledChanged();
    });
}

void SiteForm::showNotice(const QString &sentence)
{
    if (!sentence.isEmpty())
        report(static_cast<int>(Status::Warning), sentence);
}

void SiteForm::report(int status, const QString &sentence)
{
    m_banner->setText(status, sentence);
    m_banner->show();
}

} // namespace andon::ui
