// View → link → view and view → file → view are the identity, for any text; what is no link says what is wrong with it.
#include "profile/profile.h"
#include "profile/view.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

#include <filesystem>
#include <random>

using namespace andon;
using profile::View;

namespace
{

/// Any Unicode text without NUL, which no file of text holds, and without lone surrogates.
std::string anyText(std::mt19937 &random)
{
    static const std::u32string kNasty = U"%&?=/#+ \"'\\:-[]{}>|*!,\n\t\r~@äßЖ漢🙂\u200f\u2028\u0085\ufeff\u001b";
    std::u32string text;
    for (int n = static_cast<int>(random() % 14); n > 0; --n) {
        const auto kind = random() % 3;
        if (kind == 0)
            text += kNasty[random() % kNasty.size()];
        else if (kind == 1)
            text += static_cast<char32_t>('a' + random() % 26);
        else
            text += static_cast<char32_t>(random() % 2 ? 1 + random() % 0xd7ff : 0xe000 + random() % 0x1000);
    }
    return QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size())).toStdString();
}

View anyView(std::mt19937 &random)
{
    View view;
    for (std::string *text : {&view.site, &view.selection, &view.filter, &view.from, &view.to, &view.asOf})
        if (random() % 2)
            *text = anyText(random);
    view.page = "p" + anyText(random);
    while (view.page.ends_with('/'))
        view.page.pop_back();
    for (auto *list : {&view.columns, &view.expanded, &view.shown})
        for (auto n = random() % 4; n > 0; --n)
            list->push_back(anyText(random));
    return view;
}

} // namespace

class ViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void anyViewSurvives()
    {
        std::mt19937 random(20261129);
        for (int n = 0; n < 5000; ++n) {
            const View view = anyView(random);
            const std::string link = profile::linkOf(view);
            const auto fromLink = profile::viewOfLink(link);
            ANDON_VERIFY_RESULT(fromLink);
            QVERIFY2(*fromLink == view, link.c_str());
            const std::string name = anyText(random);
            const std::string file = profile::writeView(view, name);
            const auto fromFile = profile::parseView(file, "view.yaml");
            ANDON_VERIFY_RESULT(fromFile);
            QVERIFY2(fromFile->view == view && fromFile->name == name, file.c_str());
        }
    }

    void linksAreReadable()
    {
        QCOMPARE(profile::linkOf({.site = "ams-1", .page = "versions", .selection = "commit:ml-data@4f1c"}),
                 std::string("andon://ams-1/versions?select=commit%3Aml-data%404f1c"));
        QCOMPARE(profile::viewOfLink("andon:///floor/")->page, std::string("floor"));
    }

    void badLinks_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("says");
        QTest::newRow("scheme") << "https://ams-1/versions"
                                << "begins with andon://";
        QTest::newRow("no page") << "andon://ams-1/"
                                 << "names no page";
        QTest::newRow("nothing") << "andon://"
                                 << "names no page";
        QTest::newRow("escape") << "andon://ams-1/versions?select=%4"
                                << "no percent escape";
        QTest::newRow("UTF-8") << "andon://ams-1/versions?select=%ff"
                               << "no UTF-8";
        QTest::newRow("key") << "andon://ams-1/versions?colour=red"
                             << "does not know";
        QTest::newRow("twice") << "andon://ams-1/versions?from=a&from=b"
                               << "twice";
        QTest::newRow("long") << QStringLiteral("andon://a/") + QString(9000, u'x') << "8 KiB";
    }
    void badLinks()
    {
        QFETCH(QString, link);
        QFETCH(QString, says);
        const auto view = profile::viewOfLink(link.toStdString());
        QVERIFY(!view);
        QVERIFY2(QString::fromStdString(view.error().detail).contains(says), view.error().detail.c_str());
    }

    void viewsAreKept()
    {
        QTemporaryDir folder;
        const profile::Views views(folder.filePath(QStringLiteral("views")).toStdString());
        QVERIFY(views.all().empty());
        ANDON_VERIFY_RESULT(views.save("Night shift", {.page = "floor", .from = "now-12h", .to = "now"}));
        ANDON_VERIFY_RESULT(views.save("Night/shift", {.page = "compute"}));
        ANDON_VERIFY_RESULT(views.save("Night shift", {.page = "storage"}));
        const auto all = views.all();
        QCOMPARE(all.size(), 2U);
        QCOMPARE(all[0].view->view.page, std::string("storage"));
        QVERIFY(!views.save("", {.page = "floor"}));
        ANDON_VERIFY_RESULT(views.remove("Night shift"));
        QCOMPARE(views.remove("Night shift").error().kind, core::ErrorKind::NotFound);
    }

    void aBrokenFileIsListedAndLeftAlone()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("mine.yaml")).toStdString();
        ANDON_VERIFY_RESULT(profile::writeFile(file, "page: floor\npages: two\n"));
        const profile::Views views(folder.path().toStdString());
        QCOMPARE(views.all().size(), 1U);
        QVERIFY(!views.all()[0].view);
        QVERIFY(views.all()[0].view.error().detail.find(file + ":2: unknown key \"pages\"") != std::string::npos);
        ANDON_VERIFY_RESULT(views.save("mine", {.page = "floor"}));
        QVERIFY(std::filesystem::exists(file));
        QCOMPARE(views.all().size(), 2U);
    }
};

ANDON_SUITE(ViewTest)
#include "view_test.moc"
