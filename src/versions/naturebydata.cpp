#include "versions/naturebydata.h"

#include "versions/oid.h"

#include <algorithm>
#include <unordered_set>

namespace andon::versions
{

namespace
{

constexpr std::size_t kLeastDigits = 7; // of an id that a message names
constexpr std::size_t kAllDigits = 64;

bool sameTree(const Commit &a, const Commit &b)
{
    return !a.metaRangeId.empty() && a.metaRangeId == b.metaRangeId;
}

/// One commit among those that are known.
class Among
{
public:
    Among(const Commit &commit, KnownCommits &known)
        : m_commit(commit)
        , m_known(known)
    {
    }

    /// Its data are again those from before its parent.
    [[nodiscard]] bool undoesItsParent()
    {
        return m_commit.parents.size() == 1 && parent() && undoes(m_commit, *parent());
    }

    [[nodiscard]] CommitNature byData()
    {
        if (m_commit.metaRangeId.empty() || !isShared() || !parent() || sameTree(m_commit, *parent()))
            return {};
        if (undoesItsParent())
            return found(CommitKind::Revert, parent()->id);
        if (auto origin = picked(false); !origin.empty())
            return found(CommitKind::CherryPick, std::move(origin));
        if (auto head = squashed(2); !head.empty())
            return found(CommitKind::Squash, std::move(head));
        if (auto origin = picked(true); !origin.empty())
            return found(CommitKind::CherryPick, std::move(origin));
        return {};
    }

    /// The head whose commits beyond the parent, `least` or more, arrived as this one; "" not known.
    [[nodiscard]] CommitId squashed(std::size_t least)
    {
        if (m_commit.metaRangeId.empty() || !parent() || sameTree(m_commit, *parent()))
            return {};
        for (const Commit &head : alike())
            if (head.generation > parent()->generation && !bringsNothing(head) && brings(head) >= least)
                return head.id;
        return {};
    }

private:
    static CommitNature found(CommitKind kind, CommitId about)
    {
        return {kind, KnownBy::SameData, std::move(about), KnownBy::SameData};
    }

    const std::optional<Commit> &parent()
    {
        if (!m_parentAsked)
            m_parent = m_known.commit(m_commit.parents.front());
        m_parentAsked = true;
        return m_parent;
    }

    /// Others with its data that are not dated after it, newest first; none when there are too many to tell.
    const std::vector<Commit> &alike()
    {
        if (m_alike)
            return *m_alike;
        m_alike = m_known.sameData(m_commit, kMostAlike + 1);
        m_shared = !m_alike->empty();
        if (m_alike->size() > kMostAlike)
            m_alike->clear();
        std::erase_if(*m_alike, [this](const Commit &one) { return one.created > m_commit.created; });
        std::sort(m_alike->begin(), m_alike->end(), [](const Commit &a, const Commit &b) {
            return std::tie(b.created, b.generation, b.id) < std::tie(a.created, a.generation, a.id);
        });
        return *m_alike;
    }

    /// Another has its data, whenever: the first question, which of most commits is the last.
    bool isShared()
    {
        (void)alike();
        return m_shared;
    }

    bool undoes(const Commit &commit, const Commit &itsParent)
    {
        if (itsParent.parents.empty() || commit.metaRangeId.empty() || sameTree(commit, itsParent))
            return false;
        const auto before = m_known.commit(itsParent.parents.front());
        return before && sameTree(commit, *before);
    }

    /// The oldest that made the same of the same; merges: among merges, else among the others.
    CommitId picked(bool merges)
    {
        if (parent()->metaRangeId.empty())
            return {};
        const auto &all = alike();
        for (auto one = all.rbegin(); one != all.rend(); ++one) {
            if (one->parents.empty() || (one->parents.size() > 1) != merges || one->created == m_commit.created)
                continue;
            const auto before = m_known.commit(one->parents.front());
            if (before && sameTree(*before, *parent()) && natureOf(*one).kind != CommitKind::Revert
                && !undoes(*one, *before) && !descends(*one))
                return one->id;
        }
        return {};
    }

    /// A parent has the same data: what arrived, arrived with that.
    bool bringsNothing(const Commit &commit)
    {
        return std::any_of(commit.parents.begin(), commit.parents.end(), [&](const CommitId &id) {
            const auto one = m_known.commit(id);
            return one && sameTree(*one, commit);
        });
    }

    /// How many commits of head's history are beyond the parent; 0 when it does not reach the parent, or descends from
    /// this commit, or nobody could tell.
    std::size_t brings(const Commit &head)
    {
        bool reached = false;
        const auto seen = walk(head, parent()->generation, [&](const CommitId &id) {
            reached = reached || id == parent()->id;
            return id != m_commit.id;
        });
        return reached ? seen : 0;
    }

    /// Whether it stands on this commit, or might.
    bool descends(const Commit &other)
    {
        return other.generation > m_commit.generation
            && walk(other, m_commit.generation - 1, [&](const CommitId &id) { return id != m_commit.id; }) == 0;
    }

    /// Over a commit and its history, as far as it can reach a commit of that generation. 0 when visit says false, or
    /// when it is too far.
    template <typename Visit> std::size_t walk(const Commit &from, std::int64_t generation, Visit visit)
    {
        std::unordered_set<CommitId> seen;
        std::vector<Commit> open{from};
        std::size_t count = 0;
        while (!open.empty()) {
            const Commit commit = std::move(open.back());
            open.pop_back();
            ++count;
            if (++m_steps > kMostSteps)
                return 0;
            for (const CommitId &id : commit.parents) {
                if (!seen.insert(id).second)
                    continue;
                if (!visit(id))
                    return 0;
                if (auto next = m_known.commit(id); next && next->generation > generation)
                    open.push_back(std::move(*next));
            }
        }
        return count;
    }

    const Commit &m_commit;
    KnownCommits &m_known;
    std::optional<Commit> m_parent;
    bool m_parentAsked = false;
    std::optional<std::vector<Commit>> m_alike;
    bool m_shared = false;
    std::size_t m_steps = 0;
};

/// The id that stands first in a text, or what it begins with; "" none.
std::string digitsOf(std::string_view text)
{
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
    const bool hex = word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    return hex && word.size() >= kLeastDigits && word.size() <= kAllDigits ? std::string(word) : std::string();
}

/// What the metadata or the message of a revert name, if they do.
CommitId named(const Commit &commit, KnownBy by, KnownCommits &known)
{
    const std::string *given = by == KnownBy::Metadata ? commit.meta("andon.reverts") : nullptr;
    const std::string digits =
        digitsOf(given ? std::string_view(*given) : std::string_view(commit.message).substr(kRevertWord.size()));
    if (digits.empty())
        return {};
    const auto ids = known.beginningWith(digits);
    if (ids.size() == 1 && ids.front() != commit.id)
        return ids.front();
    return digits.size() == kAllDigits && ids.empty() ? CommitId(digits) : CommitId();
}

} // namespace

CommitNature natureOf(const Commit &commit, KnownCommits &known)
{
    CommitNature nature = natureOf(commit);
    if (commit.parents.size() != 1 || !nature.about.empty())
        return nature;
    Among among(commit, known);
    if (nature.kind == CommitKind::Ordinary)
        return among.byData();
    if (nature.kind == CommitKind::Revert) {
        nature.about = named(commit, nature.by, known);
        nature.aboutBy = nature.about.empty() ? KnownBy::Nothing : nature.by;
    }
    if (nature.kind == CommitKind::Revert && nature.about.empty() && among.undoesItsParent())
        nature.about = commit.parents.front();
    else if (nature.kind == CommitKind::Squash)
        nature.about = among.squashed(1);
    if (!nature.about.empty() && nature.aboutBy == KnownBy::Nothing)
        nature.aboutBy = KnownBy::SameData;
    return nature;
}

} // namespace andon::versions
