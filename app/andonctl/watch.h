#pragma once
// sync --watch: the holder of a profile on a machine without a window. It syncs again and again, and takes the writes
// of other commands meanwhile.
#include "app/andonctl/session.h"

namespace andon::ctl
{

/// Until Ctrl-C or SIGTERM.
int runWatch(Session &session, const QCommandLineParser &parser);

/// Prints what a sync brought; the exit code is the worst of its sources.
int printOutcome(const Session &session, const std::string &outcome);

} // namespace andon::ctl
