#include "factory/commitcontext.h"

#include "factory/registryservice.h"

namespace andon::factory
{

core::Result<CommitContext> commitContext(VersionService &versions, RegistryService &registry,
                                          const core::RepositoryId &repo, const core::CommitId &commit)
{
    constexpr std::size_t kMostSame = 20;
    auto same = versions.sameData(repo, commit, static_cast<int>(kMostSame) + 1);
    if (!same)
        return core::fail(same.error());
    CommitContext context{.same = std::move(*same)};
    context.moreSame = context.same.size() > kMostSame;
    if (context.moreSame)
        context.same.resize(kMostSame);
    if (auto uses = registry.uses(repo, commit))
        context.uses = std::move(*uses);
    else
        context.usesError = uses.error();
    return context;
}

} // namespace andon::factory
