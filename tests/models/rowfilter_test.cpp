#include "models/literalsearch.h"
#include "models/rowfilter.h"
#include "tests/support/suite.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <cmath>

using namespace andon;
using models::FilterRows;
using models::RowNumbers;
using text::FieldKind;

namespace
{

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

std::vector<text::FilterField> fields()
{
    return {{.name = s("id")},
            {.name = s("message")},
            {.name = s("gate"), .kind = FieldKind::Choice, .values = {s("ok"), s("failed")}},
            {.name = s("rows"), .kind = FieldKind::Number},
            {.name = s("branch"), .values = {s("main"), s("even")}}};
}

struct Row {
    std::string id = {};
    std::string message = {};
    std::string gate = {};
    double rows = 0;
};

std::vector<Row> anyRows(int n, std::uint32_t seed)
{
    static const char *const kWords[] = {"Ingest", "payments", "ZÜRICH", "schema", "fix", "a", "ab", "aab", ""};
    QRandomGenerator random(seed);
    std::vector<Row> rows;
    for (int i = 0; i < n; ++i) {
        Row row{.id = QString::number(random.generate64(), 16).toStdString(),
                .gate = random.bounded(3) == 0 ? "failed" : "ok",
                .rows = random.bounded(4) == 0 ? std::nan("") : random.bounded(100)};
        for (int k = random.bounded(4); k > 0; --k)
            row.message += std::string(kWords[random.bounded(9)]) + " ";
        rows.push_back(row);
    }
    return rows;
}

std::shared_ptr<const FilterRows> built(const std::vector<Row> &rows)
{
    auto out = std::make_shared<FilterRows>(fields());
    for (const Row &row : rows) {
        out->set(0, row.id);
        if (!row.message.empty())
            out->set(1, row.message);
        out->set(2, row.gate);
        if (!std::isnan(row.rows))
            out->set(3, row.rows);
        out->endRow();
    }
    out->setMembers(4, [n = rows.size()](const QStringList &names) {
        std::vector<char> marks(n, names.contains(s("main")) ? 1 : 0);
        for (std::size_t i = 0; names.contains(s("even")) && i < n; i += 2)
            marks[i] = 1;
        return marks;
    });
    return out;
}

/// The same asked of one row in the plainest way.
bool holds(const Row &row, std::size_t at, const text::FilterTest &test, const QString &field)
{
    using Op = text::FilterTest::Op;
    if (field == u"branch")
        return s("main").contains(test.words) || (at % 2 == 0 && s("even").contains(test.words));
    if (field == u"rows")
        return test.op == Op::Any ? !std::isnan(row.rows) : row.rows >= test.low && row.rows <= test.high;
    QStringList texts;
    for (const auto &[name, text] : {std::pair(s("id"), row.id), {s("message"), row.message}, {s("gate"), row.gate}})
        if (field.isEmpty() || field == name)
            texts << QString::fromStdString(text);
    for (const QString &text : texts)
        if (test.op == Op::Any           ? !text.isEmpty()
                : test.op == Op::Equals  ? text.compare(test.words, Qt::CaseInsensitive) == 0
                : test.op == Op::Matches ? text.contains(QRegularExpression(
                      test.words,
                      test.caseless ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption))
                                         : text.contains(test.words, Qt::CaseInsensitive))
            return true;
    return false;
}

RowNumbers plainly(const std::vector<Row> &rows, const text::Filter &filter)
{
    RowNumbers out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        bool in = true;
        for (const text::FilterTerm &term : filter.terms) {
            bool any = false;
            for (const text::FilterTest &test : term.tests)
                any = any || holds(rows[i], i, test, term.field);
            in = in && any != term.negated;
        }
        if (in)
            out.push_back(static_cast<std::uint32_t>(i));
    }
    return out;
}

text::Filter parsed(const QString &words)
{
    const auto out = text::parseFilter(words, {.fields = fields()});
    if (out.problem)
        qWarning("%s: %s", qPrintable(words), qPrintable(out.problem->sentence));
    return out.filter;
}

QString anyFilter(QRandomGenerator &random)
{
    static const QStringList kTerms{s("a"),
                                    s("ab"),
                                    s("zürich"),
                                    s("\"b i\""),
                                    s("message:fix"),
                                    s("-pay"),
                                    s("gate:failed"),
                                    s("rows:>50"),
                                    s("rows:10..20"),
                                    s("-rows:*"),
                                    s("message:*"),
                                    s("-message:*"),
                                    s("/a+b/"),
                                    s("id:/^f/i"),
                                    s("message:/INGEST/i"),
                                    s("-/Sch/"),
                                    s("rows:5,7,>90"),
                                    s("branch:main"),
                                    s("branch:even"),
                                    s("-branch:e"),
                                    s("message:=\"a \""),
                                    s("nothing-has-this"),
                                    s("message:fix,ab")};
    QStringList terms;
    for (int n = random.bounded(1, 4); n > 0; --n)
        terms << kTerms[random.bounded(static_cast<int>(kTerms.size()))];
    return terms.join(u' ');
}

} // namespace

class RowFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void findsAsAStringDoes()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 20'000; ++i) {
            std::string hay;
            for (int n = random.bounded(80); n > 0; --n)
                hay += static_cast<char>('a' + random.bounded(3));
            std::string needle;
            for (int n = random.bounded(random.bounded(2) ? 4 : 24); n > 0; --n)
                needle += static_cast<char>('a' + random.bounded(3));
            const auto from = static_cast<std::size_t>(random.bounded(static_cast<int>(hay.size()) + 2));
            QCOMPARE(models::findLiteral(hay, needle, from), std::string_view(hay).find(needle, from));
        }
    }

    void leavesWhatHolds()
    {
        QRandomGenerator random(11);
        const auto rows = anyRows(1500, 5);
        const auto table = built(rows);
        std::size_t some = 0;
        for (int i = 0; i < 160; ++i) {
            const QString words = anyFilter(random);
            const text::Filter filter = parsed(words);
            const auto wanted = plainly(rows, filter);
            QVERIFY2(models::filterRows(*table, filter) == wanted, qPrintable(words));
            some += wanted.empty() || wanted.size() == rows.size() ? 0 : 1;
        }
        QVERIFY(some > 60);
        QCOMPARE(models::filterRows(*table, {})->size(), rows.size());
    }

    void nothingIsFoundAcrossRows()
    {
        FilterRows rows({{.name = s("t")}});
        for (const char *text : {"ab", "cd", "\xff\xfe", "abcd"}) {
            rows.set(0, std::string_view(text));
            rows.endRow();
        }
        const auto found = models::filterRows(rows, text::parseFilter(s("bc"), {}).filter);
        QCOMPARE(*found, RowNumbers{3});
    }

    void narrowingGivesTheSame()
    {
        const auto rows = anyRows(2000, 9);
        models::RowFilter typed(built(rows));
        for (const char *words : {"a", "aa", "aab", "aab ", "aab -fix", "aab -f", "aa", "message:i", "message:in",
                                  "message:in rows:>5", "message:in rows:>50", "message:in,fix", "", "z", "zü", "züri"})
            QVERIFY2(*typed.apply(parsed(s(words))) == plainly(rows, parsed(s(words))), words);
    }

    void narrowsOnlyWhatItMay()
    {
        const auto narrows = [](const char *before, const char *after) {
            return models::narrows(parsed(s(before)), parsed(s(after)));
        };
        QVERIFY(narrows("", "a") && narrows("a", "ab") && narrows("a", "a b") && narrows("id:a", "id:xa"));
        QVERIFY(!narrows("ab", "a") && !narrows("-a", "-ab") && !narrows("rows:1", "rows:12"));
        QVERIFY(!narrows("id:a", "message:ab") && !narrows("message:a,b", "message:ab,b") && !narrows("/a/", "/ab/"));
    }

    void anExpressionStreamsItsFirstHits()
    {
        const auto rows = anyRows(40'000, 21);
        const auto table = built(rows);
        std::vector<std::uint32_t> looked;
        RowNumbers together;
        const models::FilterRun run{.onChunk = [&](const RowNumbers &some, std::uint32_t n) {
            looked.push_back(n);
            together.insert(together.end(), some.begin(), some.end());
        }};
        const auto all = models::filterRows(*table, parsed(s("/a+b/")), run);
        QVERIFY(looked.size() > 3);
        QVERIFY(looked.front() <= 1024);
        QCOMPARE(together, *all);
    }

    void stopsWhenCancelled()
    {
        const auto rows = anyRows(40'000, 22);
        models::RowFilter filter(built(rows));
        const auto before = filter.apply(parsed(s("fix")));
        models::FilterRun run;
        int chunks = 0;
        run.onChunk = [&](const RowNumbers &, std::uint32_t) {
            if (++chunks == 2)
                run.cancel.cancel();
        };
        QVERIFY(!filter.apply(parsed(s("/a+b/")), run));
        QCOMPARE(chunks, 2);
        QCOMPARE(filter.apply(parsed(s("fix"))), before); // the last answer stayed
    }

    void aFieldThatIsNotThereHoldsForNone()
    {
        const auto table = built(anyRows(10, 1));
        QVERIFY(
            models::filterRows(*table, text::parseFilter(s("x:a"), {.fields = {{.name = s("x")}}}).filter)->empty());
    }
};

ANDON_SUITE(RowFilterTest)
#include "rowfilter_test.moc"
