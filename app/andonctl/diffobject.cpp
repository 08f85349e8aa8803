// diff --object: what one object was and is.
#include "app/andonctl/diffparts.h"
#include "app/andonctl/previewoutput.h"
#include "models/diffrows.h"
#include "text/errortext.h"
#include "text/plain.h"

namespace andon::ctl
{

namespace
{

using factory::Comparison;

Json idOrNull(const std::optional<versions::Commit> &commit)
{
    return commit ? Json(commit->id.value) : Json();
}

void noteChanged(const char *side, const std::optional<versions::Commit> &commit)
{
    if (!commit)
        return;
    std::string words = std::string(side) + ": changed last in " + commit->id.value.substr(0, 12);
    if (commit->created != 0) // else the cache has its id alone
        words += " by " + text::visible(commit->committer).toStdString() + ", "
            + text::visible(versions::subject(*commit)).toStdString();
    note(words + ".");
}

/// "main 0123456789ab"; of a commit that was asked for by its id, the id.
std::string nameOf(const std::string &ref, const core::CommitId &commit)
{
    const std::string id = text::shortId(commit.value).toStdString();
    return commit.value.starts_with(ref) ? id : text::visible(ref).toStdString() + " " + id;
}

} // namespace

int diffObject(Session &session, factory::Site &site, const std::string &path,
               const core::Snapshot<Comparison> &comparison)
{
    const Comparison &c = comparison.value;
    const auto entry = site.comparisons().entry(c, path, session.access(), session.cancel());
    if (!entry)
        return session.fail(entry.error());
    std::optional<factory::ObjectPreview> sides[2];
    const core::CommitId ids[2] = {*entry ? c.beside((*entry)->type) : c.before(), c.right.commit.id};
    const bool base = ids[0] != c.left.commit.id; // that LEFT is the merge base needs no saying
    for (std::size_t i = 0; i < 2; ++i) {
        auto preview =
            site.objects().preview(c.repo, core::RefName(ids[i].value), path, session.access(), session.cancel());
        if (!preview && preview.error().kind != core::ErrorKind::NotFound)
            return session.fail(preview.error());
        if (preview)
            sides[i] = std::move(*preview);
        else if (i == 1 && !sides[0])
            return session.fail(preview.error());
    }
    core::Result<factory::ChangedLast> last = factory::ChangedLast{};
    if (*entry)
        last = site.comparisons().changedLast(c, **entry, session.access(), session.cancel());
    const auto *left = sides[0] ? &*sides[0] : nullptr;
    const auto *right = sides[1] ? &*sides[1] : nullptr;
    if (session.json()) {
        printJson({{"left", ids[0].value},
                   {"left_is", base ? "base" : "left"},
                   {"base", idOrNull(c.base)},
                   {"right", ids[1].value},
                   {"freshness", toJson(comparison.freshness)},
                   {"path", path},
                   {"type", *entry ? Json(models::changeWord((*entry)->type)) : Json()},
                   {"left_changed_in", last ? idOrNull(last->left) : Json()},
                   {"right_changed_in", last ? idOrNull(last->right) : Json()},
                   {"changed_in_error", last ? Json() : toJson(last.error())}, // not known is not nobody
                   {"object", pairJson(left, right)}});
    } else {
        print(pairText({nameOf(base ? "base" : c.left.asked.ref.value, ids[0]), left},
                       {nameOf(c.right.asked.ref.value, ids[1]), right}));
        const bool differs = left && right && left->entry.checksum != right->entry.checksum;
        if (!*entry)
            note(!base         ? "It is the same on both sides."
                     : differs ? "LEFT and RIGHT changed it alike since the merge base."
                               : "RIGHT did not change it since the merge base; --two-dot compares with LEFT itself.");
        if (last) {
            noteChanged("LEFT", last->left);
            noteChanged("RIGHT", last->right);
        } else {
            note("Which commits changed it last is not known: " + text::headline(last.error()).toStdString());
        }
    }
    return session.finish(comparison.freshness);
}

} // namespace andon::ctl
