#pragma once
// Sockets of the file system between processes of one user, in lines. Never waits; a thread with an event loop.
// QLocalSocket would do, and would load QtNetwork with ten libraries at every start.
#include "core/result.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <string>

class QSocketNotifier;

namespace andon::profile
{

/// One end of a connection.
class LocalSocket final : public QObject
{
    Q_OBJECT
public:
    /// Takes the connected, non-blocking descriptor. A line longer than `longest` bytes ends the connection.
    LocalSocket(int descriptor, std::size_t longest, QObject *parent = nullptr);
    ~LocalSocket() override;

    /// What cannot be sent at once is sent when the other reads. Nothing when it is not connected.
    void write(std::string_view bytes);
    [[nodiscard]] bool connected() const { return m_descriptor >= 0 && !m_closing; }
    [[nodiscard]] std::size_t unsent() const { return m_unsent.size(); } ///< bytes
    void close(); ///< when all is sent
    void abort(); ///< at once

Q_SIGNALS:
    void lineReceived(const QByteArray &line); ///< with its end
    void disconnected();

private:
    void read();
    void flush();

    int m_descriptor = -1;
    std::size_t m_longest = 0;
    QByteArray m_received;
    std::string m_unsent;
    bool m_closing = false;
    QSocketNotifier *m_readable = nullptr;
    QSocketNotifier *m_writable = nullptr;
};

/// Where they connect to.
class LocalServer final : public QObject
{
public:
    /// accepted: with the non-blocking descriptor of a connection, which is its own from then on.
    explicit LocalServer(std::function<void(int descriptor)> accepted, QObject *parent = nullptr);
    ~LocalServer() override; ///< and takes the socket's file away
    /// In place of what is there. Mode 0600 from the start. Storage with the system's words.
    [[nodiscard]] core::Result<void> listen(const std::string &path);

private:
    void accept();

    std::function<void(int)> m_accepted;
    std::string m_path;
    int m_descriptor = -1;
};

} // namespace andon::profile
