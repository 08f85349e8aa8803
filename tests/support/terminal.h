#pragma once
// A program on a terminal of its own: what it shows there, and what a person types. Main thread.
#include <QProcessEnvironment>
#include <QStringList>

#include <string>

namespace andon::test
{

class Terminal
{
public:
    Terminal() = default;
    ~Terminal(); ///< ends the program
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    [[nodiscard]] bool start(const QString &program, const QStringList &arguments,
                             const QProcessEnvironment &environment, int columns = 100);
    /// Waits until this is shown after what was waited for before.
    [[nodiscard]] bool shows(const std::string &text, int timeoutMs = 30'000);
    void type(const std::string &keys); ///< "\r" is Enter, "\x03" Ctrl-C
    /// The exit code, -1 when it does not end by itself in time.
    [[nodiscard]] int finish(int timeoutMs = 30'000);
    [[nodiscard]] const std::string &screen() const { return m_screen; } ///< all that was shown, controls and all
    [[nodiscard]] int process() const { return m_process; }

private:
    bool read(int timeoutMs);
    int m_master = -1;
    int m_process = -1;
    std::string m_screen;
    std::size_t m_seen = 0;
};

} // namespace andon::test
