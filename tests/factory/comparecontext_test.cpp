// What lies around a comparison: which commits of B went past a gate, and who was trained on the sides.
#include "factory/comparecontext.h"
#include "tests/factory/gatedsite.h"
#include "tests/support/suite.h"

using namespace andon;
using versions::HookStatus;

namespace
{

core::Result<factory::CompareContext> contextOf(test::GatedSite &gated, const char *left, const char *right)
{
    factory::Site &site = *gated.site;
    (void)site.versions().sync({}, {});
    const factory::CompareAsk ask{.repo = gated.repo, .left = {core::RefName(left)}, .right = {core::RefName(right)}};
    const auto comparison = site.comparisons().resolve(ask, factory::Access::CacheOnly, {});
    return comparison ? factory::compareContext(site.versions(), site.registry(), comparison->value, {})
                      : core::fail(comparison.error());
}

} // namespace

class CompareContextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatBHasAndANot()
    {
        test::GatedSite gated;
        const auto context = contextOf(gated, "v1.0", "main");
        ANDON_VERIFY_RESULT(context);
        QCOMPARE(context->past.size(), std::size_t{1});
        const factory::PastGate &past = context->past.front();
        QVERIFY(past.gated.commit == test::GatedSite::id(5));
        QCOMPARE(past.subject, std::string("Commit 5"));
        QVERIFY(past.gated.skipped == std::vector<std::string>{"schema"} && past.gated.failed.empty());
        QVERIFY(!context->morePast);
        for (const auto &[left, right] : {std::pair("main", "v1.0"), {"main~1", "main"}, {"main", "main"}}) {
            const auto none = contextOf(gated, left, right);
            ANDON_VERIFY_RESULT(none);
            QVERIFY2(none->past.empty(), left);
        }
    }

    void whatRanAfterwardsKeptNothingOut()
    {
        test::GatedSite gated;
        gated.run(*gated.source, "r5", "post-merge", 6, 2, HookStatus::Failed, HookStatus::Skipped);
        const auto context = contextOf(gated, "v1.0", "main");
        ANDON_VERIFY_RESULT(context);
        QCOMPARE(context->past.size(), std::size_t{1});
    }

    void theNewestTwentyFirst()
    {
        test::GatedSite gated;
        for (int i = 0; i < 30; ++i) {
            gated.commit(*gated.source, 100 + i, {i == 0 ? 6 : 99 + i}, 1);
            gated.run(*gated.source, ("m" + std::to_string(i)).c_str(), "pre-merge", 100 + i, 1, HookStatus::Completed,
                      i % 2 ? HookStatus::Failed : HookStatus::Skipped);
        }
        gated.source->branches[0].commit = test::GatedSite::id(129);
        const auto context = contextOf(gated, "v1.0", "main");
        ANDON_VERIFY_RESULT(context);
        QCOMPARE(context->past.size(), std::size_t{20});
        QVERIFY(context->morePast);
        QVERIFY(context->past.front().gated.commit == test::GatedSite::id(129));
        QVERIFY(context->past.front().gated.failed == std::vector<std::string>{"schema"});
        QVERIFY(context->past.back().gated.commit == test::GatedSite::id(110));
    }

    void aSiteWithoutARegistryNamesNoModels()
    {
        test::GatedSite gated;
        const auto context = contextOf(gated, "v1.0", "main");
        ANDON_VERIFY_RESULT(context);
        QVERIFY(context->left.empty() && context->right.empty() && !context->modelsError);
    }
};

ANDON_SUITE(CompareContextTest)
#include "comparecontext_test.moc"
