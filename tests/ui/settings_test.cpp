// Sites and their sources as a form, with a desk that only remembers what it was asked.
#include "tests/support/suite.h"
#include "ui/pages/settings/checkfacts.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/pages/settings/siteform.h"
#include "ui/pages/settings/sourcecard.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;

namespace
{

template <typename T> core::Pending<T> ready(core::Result<T> value)
{
    QPromise<core::Result<T>> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

class FakeDesk final : public SiteDesk
{
public:
    std::vector<SiteListing> listed;
    bool demo = false;
    factory::SourceCheck answer = {};
    std::map<std::string, std::string> secrets;
    std::map<std::string, core::Error> notKept;
    std::vector<SourceDraft> tested;
    std::vector<SiteDraft> saved;
    std::vector<std::string> removed;
    int explored = 0;

    std::vector<SiteListing> sites() const override { return listed; }
    bool mayChange() const override { return !demo; }
    QString whyNot() const override { return QStringLiteral("It is the demo."); }
    QString variables(const core::SiteName &, const profile::SourceConfig &) const override
    {
        return QStringLiteral("ANDON_X_SECRET");
    }
    core::Pending<std::map<std::string, std::string>> secretsOf(const profile::SiteConfig &) override
    {
        return ready<std::map<std::string, std::string>>(secrets);
    }
    core::Pending<factory::SourceCheck> test(const core::SiteName &, const SourceDraft &source) override
    {
        tested.push_back(source);
        return ready<factory::SourceCheck>(answer);
    }
    core::Pending<SiteSaved> save(const SiteDraft &site) override
    {
        saved.push_back(site);
        return ready<SiteSaved>(SiteSaved{.name = site.config.name, .notKept = notKept});
    }
    core::Pending<std::string> remove(const core::SiteName &site) override
    {
        removed.push_back(site.value);
        return ready<std::string>(std::string(site.value));
    }
    bool exploreDemo() override
    {
        ++explored;
        return true;
    }
};

SiteListing amsterdam()
{
    SiteListing site{.name = core::SiteName("ams-1")};
    site.config.name = site.name;
    site.config.sources = {{.name = core::SourceName("data"),
                            .kind = "lakefs",
                            .url = "https://data.example",
                            .auth = profile::SourceConfig::Auth::Basic,
                            .headers = {{"X-Scope-OrgID", "ams"}},
                            .caFile = "/etc/ca.pem",
                            .connections = 7}};
    return site;
}

/// The field of a card by the name that a screen reader reads.
template <typename Field> Field *field(const QWidget *in, const char *name)
{
    for (Field *one : in->findChildren<Field *>())
        if (one->accessibleName() == QString::fromLatin1(name))
            return one;
    return nullptr;
}

QPushButton *button(const QWidget *in, const char *words)
{
    for (QPushButton *one : in->findChildren<QPushButton *>())
        if (one->text() == QString::fromUtf8(words))
            return one;
    return nullptr;
}

} // namespace

class SiteFormTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_desk = FakeDesk();
    }

    void aNewSiteIsSavedWithItsSecretsApart()
    {
        SiteForm form(m_desk, m_clock);
        QSignalSpy saved(&form, &SiteForm::saved);
        field<QLineEdit>(&form, "Site name")->setText(QStringLiteral("osl-2"));
        field<QLineEdit>(&form, "lakeFS Address")->setText(QStringLiteral("https://lakefs.example "));
        field<QComboBox>(&form, "lakeFS Sign-in")->setCurrentIndex(1);
        field<QLineEdit>(&form, "lakeFS Access key")->setText(QStringLiteral("AKIA"));
        field<QLineEdit>(&form, "lakeFS Secret")->setText(QStringLiteral("s3cret"));
        QCOMPARE(form.complaint(), QString());
        form.save();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(saved[0][0].toString(), QStringLiteral("osl-2"));
        const SiteDraft &draft = m_desk.saved.at(0);
        QCOMPARE(draft.sources.size(), std::size_t(1)); // the others have no address
        QCOMPARE(draft.sources[0].config.url, std::string("https://lakefs.example"));
        QCOMPARE(draft.sources[0].config.name.value, std::string("lakefs"));
        QCOMPARE(draft.sources[0].user, std::string("AKIA"));
        QCOMPARE(draft.sources[0].secret, std::string("s3cret"));
        QVERIFY(!draft.replace);
        profile::SiteConfig file = draft.config;
        file.sources = {draft.sources[0].config};
        QVERIFY(profile::writeSite(file).find("s3cret") == std::string::npos); // never in the site file
    }

    void theSecretFieldHidesWhatIsTyped()
    {
        SiteForm form(m_desk, m_clock);
        QCOMPARE(field<QLineEdit>(&form, "lakeFS Secret")->echoMode(), QLineEdit::Password);
    }

    void complainsBeforeAnythingIsSaved_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *tag, const char *name, const char *address, const char *words) {
            QTest::newRow(tag) << QString::fromLatin1(name) << QString::fromLatin1(address)
                               << QString::fromLatin1(words);
        };
        row("no name", "", "https://a.example", "needs a name");
        row("a path as name", "../x", "https://a.example", "needs a name");
        row("a name that is taken", "ams-1", "https://a.example", "already");
        row("no source", "new", "", "at least one source");
        row("no scheme", "new", "a.example", "https://");
        row("another scheme", "new", "file:///etc/passwd", "https://");
        row("credentials in it", "new", "https://u:p@a.example", "no user or password");
        row("not encrypted", "new", "http://a.example", "not encrypted");
    }
    void complainsBeforeAnythingIsSaved()
    {
        QFETCH(QString, name);
        QFETCH(QString, address);
        QFETCH(QString, words);
        m_desk.listed = {amsterdam()};
        SiteForm form(m_desk, m_clock);
        field<QLineEdit>(&form, "Site name")->setText(name);
        field<QLineEdit>(&form, "Prometheus Address")->setText(address);
        QVERIFY2(form.complaint().contains(words), qPrintable(form.complaint()));
        form.save();
        QVERIFY(m_desk.saved.empty());
        QVERIFY(form.findChild<Banner *>()->isVisibleTo(&form));
    }

    void plainHttpIsAgreedToOnce()
    {
        SiteForm form(m_desk, m_clock);
        field<QLineEdit>(&form, "Site name")->setText(QStringLiteral("new"));
        auto *address = field<QLineEdit>(&form, "Prometheus Address");
        auto *card = qobject_cast<SourceCard *>(form.findChildren<SourceCard *>()[1]);
        auto *agree = card->findChild<QCheckBox *>();
        address->setText(QStringLiteral("http://127.0.0.1:9090"));
        QVERIFY(!agree->isVisibleTo(card)); // this computer needs no agreement
        QCOMPARE(form.complaint(), QString());
        address->setText(QStringLiteral("http://prometheus.example"));
        QVERIFY(agree->isVisibleTo(card));
        QVERIFY(!form.complaint().isEmpty());
        agree->setChecked(true);
        QCOMPARE(form.complaint(), QString());
        QVERIFY(card->draft().config.allowPlainHttp);
        address->setText(QStringLiteral("https://prometheus.example"));
        QVERIFY(!card->draft().config.allowPlainHttp); // it does not outlive what it was given for
    }

    void changingASiteKeepsWhatTheFormDoesNotShow()
    {
        m_desk.listed = {amsterdam()};
        m_desk.listed[0].config.colour = "S4";
        m_desk.listed[0].config.isProtected = true;
        m_desk.secrets = {{"data", "keychain"}};
        SiteForm form(m_desk, m_clock);
        form.showSite(m_desk.listed[0]);
        QTRY_COMPARE(form.pending(), 0);
        QCOMPARE(field<QLineEdit>(&form, "lakeFS Secret")->text(), QString()); // it is not read into the form
        QCOMPARE(field<QLineEdit>(&form, "lakeFS Secret")->placeholderText(), QStringLiteral("kept: keychain"));
        QVERIFY(field<QLineEdit>(&form, "Site name")->isReadOnly());
        form.save();
        QTRY_COMPARE(m_desk.saved.size(), std::size_t(1));
        QVERIFY(m_desk.saved[0].replace);
        QVERIFY(m_desk.saved[0].config.colour == "S4" && m_desk.saved[0].config.isProtected);
        QVERIFY(m_desk.saved[0].config.sources.empty());
        QCOMPARE(m_desk.saved[0].sources[0].config, amsterdam().config.sources[0]);
        QCOMPARE(m_desk.saved[0].sources[0].secret, std::string());
    }

    void aRemovedSourceIsNotSaved()
    {
        m_desk.listed = {amsterdam()};
        SiteForm form(m_desk, m_clock);
        form.showSite(m_desk.listed[0]);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the cards of the empty form
        field<QLineEdit>(&form, "MLflow Address")->setText(QStringLiteral("https://mlflow.example"));
        QTest::mouseClick(button(form.findChildren<SourceCard *>()[0], "Remove"), Qt::LeftButton);
        form.save();
        QTRY_COMPARE(m_desk.saved.size(), std::size_t(1));
        QCOMPARE(m_desk.saved[0].sources.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(m_desk.saved[0].sources[0].config.kind), QStringLiteral("mlflow"));
    }

    void saysWhenASecretCouldNotBeKept()
    {
        m_desk.notKept = {{"lakefs", {.kind = core::ErrorKind::Storage, .hint = "no-keychain"}}};
        SiteForm form(m_desk, m_clock);
        QSignalSpy saved(&form, &SiteForm::saved);
        field<QLineEdit>(&form, "Site name")->setText(QStringLiteral("new"));
        field<QLineEdit>(&form, "lakeFS Address")->setText(QStringLiteral("https://a.example"));
        form.save();
        QTRY_COMPARE(saved.size(), 1); // the site is saved all the same
        const QString notice = m_desk.takeNotice();
        QVERIFY2(notice.contains(QStringLiteral("ANDON_X_SECRET")), qPrintable(notice));
        QVERIFY(m_desk.takeNotice().isEmpty());
    }

    void aTestShowsWhatItFound()
    {
        m_desk.listed = {amsterdam()};
        m_desk.answer = {.kind = "lakefs",
                         .product = "lakeFS",
                         .version = "1.84.0",
                         .user = "svc-andon",
                         .found = {{"repositories", 14}},
                         .latencyMs = 38};
        SiteForm form(m_desk, m_clock);
        form.showSite(m_desk.listed[0]);
        form.testAll();
        QTRY_COMPARE(form.pending(), 0);
        QCOMPARE(m_desk.tested.size(), std::size_t(1)); // those without an address are not asked
        const QString text = form.findChildren<SourceCard *>()[0]->findChild<FactSheet *>()->text();
        for (const char *words : {"lakeFS 1.84.0", "svc-andon", "14 repositories", "read commits"})
            QVERIFY2(text.contains(QString::fromLatin1(words)), qPrintable(text));
    }

    void removingIsAskedTwice()
    {
        m_desk.listed = {amsterdam()};
        SiteForm form(m_desk, m_clock);
        form.showSite(m_desk.listed[0]);
        QSignalSpy removed(&form, &SiteForm::removed);
        QTest::mouseClick(button(&form, "Remove site…"), Qt::LeftButton);
        QVERIFY(m_desk.removed.empty());
        QTest::mouseClick(button(&form, "Really remove ams-1"), Qt::LeftButton);
        QTRY_COMPARE(removed.size(), 1);
        QCOMPARE(m_desk.removed, std::vector<std::string>{"ams-1"});
    }

    void theDemoCannotBeChanged()
    {
        m_desk.demo = true;
        m_desk.listed = {amsterdam()};
        SiteForm form(m_desk, m_clock);
        form.showSite(m_desk.listed[0]);
        QVERIFY(field<QLineEdit>(&form, "lakeFS Address")->isReadOnly());
        QVERIFY(!button(&form, "Save and open")->isVisibleTo(&form));
        QVERIFY(!button(&form, "Remove site…")->isVisibleTo(&form));
        QVERIFY(button(&form, "Test all")->isVisibleTo(&form));
    }

    void aSiteFileThatCannotBeReadIsSaid()
    {
        SiteListing broken{.name = core::SiteName("lab")};
        broken.config.name = broken.name;
        broken.error =
            core::Error{.kind = core::ErrorKind::Invalid, .where = "lab.yaml:3", .detail = "lab.yaml:3: unknown key"};
        SiteForm form(m_desk, m_clock);
        form.showSite(broken);
        QVERIFY(form.findChild<Banner *>()->accessibleDescription().contains(QStringLiteral("unknown key")));
    }

private:
    FakeDesk m_desk;
    core::SystemClock m_clock;
};

class CheckFactsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aHostRefusalShowsTheCommandThatFixesIt()
    {
        core::Error error{.kind = core::ErrorKind::Forbidden,
                          .where = "mlflow probe",
                          .detail = "Invalid Host header",
                          .httpStatus = 403};
        error.server = "https://mlflow.example:8443";
        error.hint = "mlflow-host";
        const factory::SourceCheck check{.kind = "mlflow", .error = error};
        const QString text = textOf(checkFacts(check, {}));
        for (const char *words : {"--allowed-hosts", "\"mlflow.example,mlflow.example:*\"", "403 Invalid Host header",
                                  "MLFLOW_SERVER_ALLOWED_HOSTS"})
            QVERIFY2(text.contains(QString::fromLatin1(words)), qPrintable(text));
        QCOMPARE(checkWord(check).status, Status::Critical);
    }

    void packsSayWhatIsMissingAndTheFix()
    {
        factory::SourceCheck check{.kind = "prometheus", .product = "Prometheus", .version = "3.5.0"};
        check.packs = {{.title = "NVIDIA DCGM exporter", .found = 9, .wanted = 9, .example = "DCGM_FI_DEV_POWER_USAGE"},
                       {.title = "Node exporter",
                        .found = 3,
                        .wanted = 4,
                        .missing = {"node_mountstats_nfs_x"},
                        .fix = "Start it with --collector.mountstats."}};
        const QString text = textOf(checkFacts(check, {}));
        for (const char *words : {"NVIDIA DCGM exporter: 9 of 9", "resolved by DCGM_FI_DEV_POWER_USAGE", "3 of 4",
                                  "missing node_mountstats_nfs_x", "--collector.mountstats"})
            QVERIFY2(text.contains(QString::fromLatin1(words)), qPrintable(text));
        QCOMPARE(checkWord(check).status, Status::Warning);
        check.packs.pop_back();
        QCOMPARE(checkWord(check).word, QStringLiteral("Connected"));
    }

private:
    static QString textOf(std::vector<Fact> facts)
    {
        FactSheet sheet;
        sheet.set(std::move(facts));
        return sheet.text();
    }
};

class FirstStartTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void withoutASiteItConnectsOneOrShowsTheDemo()
    {
        FakeDesk desk;
        core::SystemClock clock;
        factory::Worker worker;
        SettingsPage page(desk, nullptr, worker, clock);
        page.refresh(true);
        QVERIFY(page.settled());
        QCOMPARE(page.title(), QStringLiteral("First start"));
        QTest::mouseClick(button(&page, "Explore the demo factory"), Qt::LeftButton);
        QCOMPARE(desk.explored, 1);
        QSignalSpy chosen(&page, &Page::siteChosen);
        field<QLineEdit>(&page, "Site name")->setText(QStringLiteral("new"));
        field<QLineEdit>(&page, "MLflow Address")->setText(QStringLiteral("https://m.example"));
        page.form()->save();
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("new"));
    }
};

ANDON_SUITE(SiteFormTest)
ANDON_SUITE(CheckFactsTest)
ANDON_SUITE(FirstStartTest)
#include "settings_test.moc"
