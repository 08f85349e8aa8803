// What was noticed: kept in the records, and which of it the desktop is told of.
#include "app/andon/notices.h"
#include "app/common/holder.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace andon;
using desktop::Notices;
using telemetry::Level;
using telemetry::Notice;

namespace
{

const core::SiteName kSite("ams-1");

Notice broke(Level level = Level::Critical)
{
    return {.at = core::SystemClock().now(),
            .subject = "storage",
            .name = "storage",
            .from = "Running",
            .to = "Saturated",
            .after = level,
            .link = "page:storage"};
}

Notice fires()
{
    return {.at = core::SystemClock().now(),
            .kind = telemetry::NoticeKind::Alert,
            .subject = "Wrong",
            .name = "Wrong",
            .to = "firing",
            .after = Level::Warning,
            .link = "model:chat-small@6"};
}

/// A desktop's profile as it is opened.
struct Opened {
    std::unique_ptr<app::Holder> holder;
    std::unique_ptr<app::House> house;
    profile::Settings settings;
    QStringList told;
    std::unique_ptr<Notices> notices;
    factory::Worker worker; ///< dies first: it may be writing for them

    explicit Opened(const QString &folder)
    {
        auto paths = profile::resolvePaths(folder.toStdString());
        holder = std::move(app::Holder::open(profile::Profile(*paths), "andon").value());
        house = std::move(app::House::open(*paths, {}, holder.get()).value());
        notices = std::make_unique<Notices>(*house, worker, [this]() -> const profile::Settings & { return settings; });
        QObject::connect(notices.get(), &Notices::told, notices.get(),
                         [this](const Notice &one) { told << QString::fromStdString(one.name); });
    }
};

} // namespace

class NoticesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void theyAreThereAfterARestart()
    {
        {
            Opened first(m_folder->path());
            first.notices->take(kSite, {broke(), fires()});
            QTRY_COMPARE(first.notices->unread(), 2);
            QCOMPARE(first.told, QStringList{QStringLiteral("storage")}); // what is critical
        }
        Opened again(m_folder->path());
        again.notices->load();
        QTRY_COMPARE(again.notices->unread(), 2);
        const std::vector<Notice> &all = again.notices->all();
        QCOMPARE(all[0].name, std::string("storage")); // the worst of one look first
        QCOMPARE(all[0].site.value, std::string("ams-1"));
        QCOMPARE(all[0].link, std::string("andon://ams-1/storage"));
        QCOMPARE(all[1].link, std::string("andon://ams-1/lineage?select=model%3Achat-small%406"));
        again.notices->markAllRead();
        QTRY_COMPARE(again.notices->unread(), 0);
        QVERIFY(again.told.isEmpty());
    }

    void quietHoursKeepThemInTheHistory()
    {
        Opened opened(m_folder->path());
        const QTime now = QDateTime::currentDateTime().time();
        const int minute = now.hour() * 60 + now.minute();
        opened.settings.quiet = {(minute + 1380) % 1440, (minute + 60) % 1440};
        opened.notices->take(kSite, {broke()});
        QTRY_COMPARE(opened.notices->unread(), 1);
        QVERIFY(opened.told.isEmpty());
    }

    void theWishDecidesWhatTheDesktopHears()
    {
        Opened opened(m_folder->path());
        opened.settings.notifications = "off";
        opened.notices->take(kSite, {broke()});
        QTRY_COMPARE(opened.notices->unread(), 1);
        QVERIFY(opened.told.isEmpty());
        opened.settings.notifications = "all";
        opened.notices->take(kSite, {fires()});
        QCOMPARE(opened.told, QStringList{QStringLiteral("Wrong")});
        QTRY_COMPARE(opened.notices->unread(), 2);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

ANDON_SUITE(NoticesTest)
#include "notices_test.moc"
