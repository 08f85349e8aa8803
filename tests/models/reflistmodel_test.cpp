#include "models/reflistmodel.h"
#include "tests/support/suite.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>

using namespace andon;
using models::RefListModel;

namespace
{

const core::Instant kNow{1'800'000'000'000};

factory::RepositoryRow repository(const char *name, std::int64_t commits)
{
    factory::RepositoryRow row;
    row.repository.id = core::RepositoryId(name);
    row.commits = commits;
    return row;
}

factory::RefRow ref(const char *name, versions::RefKind kind = versions::RefKind::Branch, std::int64_t daysAgo = 1)
{
    factory::RefRow row;
    row.ref.name = core::RefName(name);
    row.ref.kind = kind;
    row.ref.commit = core::CommitId(std::string(64, 'a'));
    row.at = kNow - daysAgo * core::kDay;
    row.isDefault = row.ref.name.value == "main";
    return row;
}

factory::RepositoryView view(const char *name, std::vector<factory::RefRow> refs)
{
    factory::RepositoryView all;
    all.repository = repository(name, 7);
    all.refs = std::move(refs);
    return all;
}

QStringList names(const RefListModel &model)
{
    QStringList all;
    for (int i = 0; i < model.rowCount(); ++i)
        all << model.index(i).data(RefListModel::NameRole).toString();
    return all;
}

int rowOf(const RefListModel &model, const QString &name)
{
    return static_cast<int>(names(model).indexOf(name));
}

text::Filter filter(const char *words)
{
    return text::parseFilter(QString::fromLatin1(words), {.fields = RefListModel().fields(), .now = kNow}).filter;
}

} // namespace

class RefListModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void holdsWhatAModelPromises()
    {
        RefListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRepositories({repository("ml-data", 400), repository("prompts", 12)});
        model.setRepository(view("ml-data", {ref("main"), ref("ingest-42"), ref("v1", versions::RefKind::Tag)}), kNow);
        model.setRepository(view("ml-data", {ref("ingest-43"), ref("main")}), kNow);
        model.setFilter(filter("ingest"));
        model.setFilter({});
        model.setRepository(view("prompts", {}), kNow);
        model.setRepositories({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aRowHasNoChildren()
    {
        RefListModel model;
        model.setRepositories({repository("ml-data", 400)});
        QVERIFY(model.index(0).isValid());
        QCOMPARE(model.rowCount(model.index(0)), 0);
        QCOMPARE(model.rowCount(model.index(1)), 0);
    }

    void showsSectionsTheDefaultBranchFirst()
    {
        RefListModel model;
        model.setRepositories({repository("ml-data", 400)});
        model.setRepository(view("ml-data",
                                 {ref("new", versions::RefKind::Branch, 0), ref("main", versions::RefKind::Branch, 9),
                                  ref("v1", versions::RefKind::Tag)}),
                            kNow);
        const QStringList all = names(model);
        QCOMPARE(all.size(), 7);
        QCOMPARE(all[1], QStringLiteral("ml-data"));
        QCOMPARE(all.mid(3, 2), (QStringList{QStringLiteral("main"), QStringLiteral("new")}));
        QCOMPARE(all[6], QStringLiteral("v1"));
        for (const int heading : {0, 2, 5}) {
            QCOMPARE(model.index(heading).data(RefListModel::KindRole).toInt(),
                     static_cast<int>(RefListModel::Section));
            QCOMPARE(model.flags(model.index(heading)), Qt::ItemIsEnabled);
        }
        QVERIFY(model.index(1).data(RefListModel::CurrentRole).toBool());
        QVERIFY(model.index(3).data(RefListModel::DefaultRole).toBool());
        QCOMPARE(model.index(3).data(RefListModel::LaneRole).toInt(), -1); // no graph yet
    }

    void aRefreshKeepsTheSelection()
    {
        RefListModel model;
        QItemSelectionModel selection(&model);
        model.setRepositories({repository("ml-data", 400)});
        model.setRepository(view("ml-data", {ref("main"), ref("a"), ref("b"), ref("c")}), kNow);
        const int before = rowOf(model, QStringLiteral("b"));
        selection.setCurrentIndex(model.index(before), QItemSelectionModel::ClearAndSelect);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        // An age has moved on, and a tag is new below: the row stays where it is.
        model.setRepository(view("ml-data",
                                 {ref("main"), ref("a"), ref("b", versions::RefKind::Branch, 1), ref("c"),
                                  ref("v2", versions::RefKind::Tag)}),
                            kNow + core::kHour);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(selection.currentIndex().data(RefListModel::NameRole).toString(), QStringLiteral("b"));
        QVERIFY(selection.isSelected(model.index(before)));
    }

    void aRefreshThatChangesNothingSaysNothing()
    {
        RefListModel model;
        const auto same = view("ml-data", {ref("main"), ref("a")});
        model.setRepositories({repository("ml-data", 400)});
        model.setRepository(same, kNow);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.setRepository(same, kNow);
        model.setRepositories({repository("ml-data", 400)});
        QCOMPARE(changed.size() + inserted.size() + removed.size(), 0);
    }

    void theFilterSaysHowManyAreLeft()
    {
        RefListModel model;
        model.setRepositories({repository("ml-data", 400)});
        model.setRepository(view("ml-data", {ref("main"), ref("ingest-1"), ref("ingest-2")}), kNow);
        model.setFilter(filter("INGEST"));
        QVERIFY(names(model).contains(QStringLiteral("ingest-2")));
        QVERIFY(!names(model).contains(QStringLiteral("main")));
        const int branches = rowOf(model, QStringLiteral("ingest-1")) - 1;
        QCOMPARE(model.index(branches).data(RefListModel::NoteRole).toString(), QStringLiteral("2 of 3"));
    }

    void theServersNamesAreData()
    {
        RefListModel model;
        model.setRepositories({repository("<b>\x1b", 1)});
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("<b>␛"));
    }

    void fieldsFindRefs()
    {
        RefListModel model;
        model.setRepositories({repository("data", 7), repository("features", 3)});
        model.setRepository(
            view("data",
                 {ref("main"), ref("old", versions::RefKind::Branch, 90), ref("golden", versions::RefKind::Tag, 40)}),
            kNow);
        QSignalSpy told(&model, &RefListModel::filtered);
        model.setFilter(filter("kind:branch time:>now-30d"));
        QVERIFY(names(model).contains(QStringLiteral("main")));
        QCOMPARE(model.shown(), 1);
        QCOMPARE(model.total(), 5);
        QCOMPARE(told.count(), 1);
        model.setFilter(filter("-kind:repository -name:main"));
        QCOMPARE(model.shown(), 2);
        QVERIFY(rowOf(model, QStringLiteral("old")) >= 0 && rowOf(model, QStringLiteral("golden")) >= 0);
    }

    void aHeadingFoldsItsSection()
    {
        RefListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRepositories({repository("ml-data", 7)});
        model.setRepository(view("ml-data", {ref("main"), ref("v1", versions::RefKind::Tag)}), kNow);
        const QStringList all = names(model);
        QVERIFY(model.openSections().isEmpty());
        model.toggle(model.index(2)); // the branches
        QCOMPARE(model.rowCount(), static_cast<int>(all.size()) - 1);
        QVERIFY(model.index(2).data(RefListModel::FoldedRole).toBool());
        QCOMPARE(model.openSections(), (QStringList{QStringLiteral("repositories"), QStringLiteral("tags")}));
        QCOMPARE(model.shown(), model.total()); // folded is not filtered
        model.openOnly({QString()});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.openSections(), QStringList{QString()});
        model.openOnly({});
        QCOMPARE(names(model), all);
    }
};

ANDON_SUITE(RefListModelTest)
#include "reflistmodel_test.moc"
