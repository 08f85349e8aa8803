// What needs somebody at any site, in one table.
#include "tests/support/suite.h"
#include "tests/ui/plainhost.h"
#include "ui/shell/sitestable.h"
#include "ui/widgets/table.h"

#include <QSignalSpy>

using namespace andon;

namespace
{

constexpr core::Instant kNow{1'800'000'000'000};

factory::Attention needs(lineage::Severity severity, const char *link)
{
    return {
        .severity = severity, .key = "idle-gpus", .values = {{"gpus", "4"}}, .since = kNow - core::kHour, .link = link};
}

std::vector<ui::SiteTile> tiles()
{
    return {{.name = core::SiteName("ams-1"), .title = QStringLiteral("Amsterdam")},
            {.name = core::SiteName("osl-1"), .title = QStringLiteral("Oslo")},
            {.name = core::SiteName("par-1"), .title = QStringLiteral("Paris")},
            {.name = core::SiteName("new-1"), .title = QStringLiteral("New")}};
}

std::vector<factory::SiteGlance> glances()
{
    using lineage::Severity;
    factory::Attention taken = needs(Severity::Critical, "page:compute");
    taken.ack = factory::Acknowledged{"anna", "on it", kNow};
    std::vector<factory::SiteGlance> all(4);
    all[0] = {.site = core::SiteName("ams-1"), .at = kNow - core::kMinute};
    all[0].floor.attention = {needs(Severity::Warning, "compute:idle"), taken};
    all[1] = {.site = core::SiteName("osl-1"), .at = kNow - 3 * core::kDay};
    all[1].floor.attention = {needs(Severity::Critical, "page:storage")};
    all[2] = {.site = core::SiteName("par-1"), .at = kNow - core::kHour};
    all[3] = {.site = core::SiteName("new-1")};
    return all;
}

class GlanceHost final : public test::PlainHost
{
public:
    std::vector<ui::SiteTile> tiles() const override { return ::tiles(); }
    std::shared_ptr<const std::vector<factory::SiteGlance>> glances() const override
    {
        return std::make_shared<const std::vector<factory::SiteGlance>>(::glances());
    }
    const core::Clock &clock() const override { return m_clock; }

private:
    core::ManualClock m_clock{kNow};
};

} // namespace

class SitesTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWorstOfAllSitesComesFirstWithItsAge()
    {
        const auto rows = ui::needsOfSites(tiles(), glances(), kNow);
        QStringList seen;
        for (const models::TableRow &row : rows)
            seen << row.cells[0].text + u'|' + row.link + u'|' + row.cells[4].text;
        QCOMPARE(seen,
                 (QStringList{QStringLiteral("Oslo|osl-1 page:storage|3 d ago"),
                              QStringLiteral("Amsterdam|ams-1 compute:idle|1 min ago"),
                              QStringLiteral("Amsterdam|ams-1 page:compute|1 min ago"),
                              QStringLiteral("Paris|par-1 |1 h ago"), QStringLiteral("New|new-1 |")}));
        QVERIFY(rows[2].cells[1].muted); // somebody is on it
        QVERIFY(rows[3].cells[1].text.startsWith(QStringLiteral("Nothing needed")));
        QVERIFY(rows[4].cells[1].text.contains(QStringLiteral("cached"))); // says that it has no cache
    }

    void enterOpensTheSiteAtTheThing()
    {
        const GlanceHost host;
        auto *dialog = new ui::SitesTable(host, nullptr);
        dialog->show();
        QSignalSpy chosen(dialog, &ui::SitesTable::chosen);
        auto *table = dialog->findChild<ui::Table *>();
        QCOMPARE(table->model()->rowCount(), 5);
        table->selectRow(1);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0], (QVariantList{QStringLiteral("ams-1"), QStringLiteral("compute:idle")}));
    }
};

ANDON_SUITE(SitesTableTest)
#include "sitestable_test.moc"
