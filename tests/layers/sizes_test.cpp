#include "tests/layers/house.h"
#include "tests/support/suite.h"

#include <cstdio>

using namespace andon::house;

class SizesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void measuresFiles()
    {
        const auto fileOf = [](const char *path, int lines) {
            return SourceFile{.path = path, .text = std::string(static_cast<std::size_t>(lines), '\n')};
        };
        Sizes sizes;
        measure(fileOf("src/core/a.h", 150), sizes);
        measure(fileOf("src/core/a.cpp", 400), sizes);
        QVERIFY(sizes.notes.empty() && sizes.tooLong.empty());
        measure(fileOf("src/core/b.h", 151), sizes);
        measure(fileOf("src/core/b.cpp", 600), sizes);
        QCOMPARE(sizes.notes.size(), 2U);
        measure(fileOf("src/core/c.cpp", 601), sizes);
        measure(fileOf("ui/shell/mainwindow.cpp", 401), sizes);
        QCOMPARE(sizes.tooLong.size(), 2U);
        QCOMPARE(countLines("a\nb"), 2);
        QCOMPARE(countLines(""), 0);
    }

    void holdInThisTree()
    {
        const auto files = readTree(ANDON_SOURCE_DIR, {"src", "ui", "app", "tests"}, {".h", ".cpp"});
        QVERIFY2(files.size() > 50, "the tree was not read");
        Sizes sizes;
        for (const SourceFile &file : files)
            measure(file, sizes);
        for (const Finding &note : sizes.notes) // ./test repeats these lines before its last one
            std::printf("note: %s has %s\n", note.path.c_str(), note.what.c_str());
        QVERIFY2(sizes.tooLong.empty(), listed(sizes.tooLong).c_str());
    }
};

ANDON_SUITE(SizesTest)
#include "sizes_test.moc"
