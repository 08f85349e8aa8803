#pragma once
// The answering half of the hand-over, in the process that holds the profile's lock. Lives on a thread with an event
// loop (the GUI thread of the desktop) and never waits: what is asked runs where `perform` puts it.
#include "core/pending.h"
#include "profile/handover.h"
#include "profile/localsocket.h"

#include <QObject>

#include <set>

namespace andon::profile
{

class HandOverServer final : public QObject
{
    Q_OBJECT
public:
    /// Called on the server's thread; OnStep may be called from any.
    using Perform = std::function<core::Pending<std::string>(const Write &, OnStep, const core::Cancel &)>;

    explicit HandOverServer(Perform perform, QObject *parent = nullptr);
    ~HandOverServer() override; ///< cancels what still runs

    /// Only with the lock: a socket that a killed process left behind is replaced. Mode 0600.
    [[nodiscard]] core::Result<void> listen(const std::string &socket);

Q_SIGNALS:
    /// A write was asked for by somebody and has ended, wholly or, when it failed, perhaps in part.
    void performed(const andon::profile::Write &write, bool succeeded);

private:
    class Connection;
    void accept(int descriptor);
    LocalServer m_server;
    Perform m_perform;
    std::set<Connection *> m_connections;
};

} // namespace andon::profile
