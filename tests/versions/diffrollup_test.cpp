#include "tests/support/suite.h"
#include "versions/diffrollup.h"

#include <map>
#include <random>
#include <set>

using namespace andon::versions;

namespace
{

/// Folders of the whole list as a map would count them.
std::map<std::string, DiffSum> counted(const std::map<std::string, DiffEntry> &entries)
{
    std::map<std::string, DiffSum> all;
    for (const auto &[path, entry] : entries) {
        all[""].add(entry);
        for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
            all[path.substr(0, slash + 1)].add(entry);
    }
    return all;
}

std::map<std::string, DiffEntry> randomEntries(unsigned seed, int count)
{
    std::mt19937 random(seed);
    std::map<std::string, DiffEntry> entries;
    static constexpr const char *kParts[] = {"a", "a-b", "a.b", "b", "claims", "2026-10", "", "z"};
    for (int i = 0; i < count; ++i) {
        std::string path;
        for (unsigned depth = random() % 6; depth > 0; --depth)
            path += std::string(kParts[random() % std::size(kParts)]) + "/";
        path += "o" + std::to_string(random() % 1000);
        DiffEntry entry{.type = static_cast<DiffType>(random() % 4), .path = path};
        if (random() % 7 != 0)
            entry.sizeBytes = static_cast<std::int64_t>(random() % 100'000);
        entries[path] = entry;
    }
    return entries;
}

} // namespace

class DiffRollupTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void everyFolderIsWhatAFullCountSays()
    {
        for (unsigned seed = 1; seed <= 100; ++seed) {
            const auto entries = randomEntries(seed, 300);
            DiffRollup rollup;
            for (const auto &[path, entry] : entries)
                QVERIFY(rollup.add(entry));
            const auto expected = counted(entries);
            QCOMPARE(rollup.folders().size(), expected.size());
            for (std::size_t i = 0; i < rollup.folders().size(); ++i) {
                const DiffFolder &folder = rollup.folders()[i];
                const std::string path = rollup.path(static_cast<std::int32_t>(i));
                QVERIFY2(folder.sum == expected.at(path), path.c_str());
                QVERIFY(!folder.folded);
                QCOMPARE(rollup.find(path), static_cast<std::int32_t>(i));
                // Its changes are one run of the list.
                auto first = std::next(entries.begin(), folder.firstRow);
                for (std::int64_t k = 0; k < folder.sum.objects(); ++k, ++first)
                    QVERIFY(first->first.starts_with(path));
            }
        }
    }

    void tooManyFoldersAreFoldedAndStillCounted()
    {
        for (unsigned seed = 1; seed <= 50; ++seed) {
            const auto entries = randomEntries(seed, 500);
            const auto expected = counted(entries);
            DiffRollup rollup(12);
            for (const auto &[path, entry] : entries) {
                QVERIFY(rollup.add(entry));
                QVERIFY(rollup.folders().size() <= 12);
            }
            QCOMPARE(rollup.total(), expected.at(""));
            bool folded = false;
            for (std::size_t i = 0; i < rollup.folders().size(); ++i) {
                const std::string path = rollup.path(static_cast<std::int32_t>(i));
                QVERIFY2(rollup.folders()[i].sum == expected.at(path), path.c_str());
                folded |= rollup.folders()[i].folded;
            }
            QVERIFY(folded);
        }
    }

    void aThousandFoldersInTheRootFoldIntoIt()
    {
        DiffRollup rollup(100);
        for (int i = 0; i < 1000; ++i) {
            char path[32];
            std::snprintf(path, sizeof path, "f%04d/o", i);
            QVERIFY(rollup.add({.type = DiffType::Added, .path = path, .sizeBytes = 1}));
        }
        QCOMPARE(rollup.folders().size(), std::size_t(1));
        QCOMPARE(rollup.total().added, 1000LL);
        QCOMPARE(rollup.total().addedBytes, 1000LL);
        QVERIFY(rollup.folders().front().folded);
    }

    void aListThatGoesBackIsNotCounted()
    {
        DiffRollup rollup;
        QVERIFY(rollup.add({.path = "b/1"}));
        QVERIFY(!rollup.add({.path = "b/1"}));
        QVERIFY(!rollup.add({.path = "a"}));
        QCOMPARE(rollup.total().objects(), 1LL);
    }

    void anUnknownSizeIsNoZero()
    {
        DiffSum sum;
        sum.add({.type = DiffType::Removed, .path = "a"});
        sum.add({.type = DiffType::Conflict, .path = "b", .sizeBytes = 7});
        QCOMPARE(sum.unsized, 1LL);
        QCOMPARE(sum.removedBytes, 0LL);
        QCOMPARE(sum.changedBytes, 7LL);
    }
};

ANDON_SUITE(DiffRollupTest)
#include "diffrollup_test.moc"
