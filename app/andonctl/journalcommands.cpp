// journal verify: whether the record of what was done is as it was written.
#include "app/andonctl/session.h"
#include "journal/verify.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

const char *meaning(const std::string &what)
{
    static constexpr std::pair<const char *, const char *> kWords[] = {
        {"seq", "a record is missing or out of order"},
        {"prev", "the record before it was changed or removed"},
        {"form", "this is no record"},
        {"journal", "it belongs to another journal"},
        {"torn", "the last line was never finished"},
        {"genesis", "the journal does not begin with its genesis"},
    };
    for (const auto &[key, words] : kWords)
        if (what == key)
            return words;
    return "it does not hold";
}

int runVerify(Session &session, const QCommandLineParser &)
{
    const auto profile = session.profile();
    if (!profile)
        return session.fail(profile.error());
    const auto verified = journal::verify(profile->journalFolder());
    if (!verified)
        return session.fail(verified.error());
    Json breaks = Json::array();
    for (const journal::Break &one : verified->breaks) {
        breaks.push_back({{"file", one.file}, {"line", one.line}, {"what", one.what}});
        if (!session.json())
            note("andonctl: " + one.file + ":" + std::to_string(one.line) + ": " + meaning(one.what));
    }
    if (session.json())
        printJson({{"journal", verified->journal},
                   {"records", verified->records},
                   {"head", verified->head},
                   {"breaks", std::move(breaks)}});
    else
        printLine(verified->breaks.empty() ? "The journal holds: " + std::to_string(verified->records)
                          + " records, head " + (verified->head.empty() ? "none" : verified->head)
                                           : "The journal does not hold.");
    return verified->breaks.empty() ? Ok : VerifyFailed;
}

} // namespace

std::vector<Command> journalCommands()
{
    return {
        {.name = QStringLiteral("journal verify"),
         .summary = QStringLiteral("Check that nothing in the journal was changed or removed."),
         .details = QStringLiteral("Reads the files as they lie in the profile and follows the chain of hashes from "
                                   "record to record.\nEnds with 5 where it breaks."),
         .run = runVerify}};
}

} // namespace andon::ctl
