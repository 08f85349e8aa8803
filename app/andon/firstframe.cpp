#include "app/andon/firstframe.h"

#include <QEvent>
#include <QTimer>

#include <cstdio>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace andon::desktop
{

namespace
{

/// Of this process, from the kernel: in its ticks, which are 10 ms long as a rule.
double millisecondsSinceStart()
{
    std::ifstream stat("/proc/self/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream fields(line.substr(line.rfind(')') + 1)); // the program's name may hold anything
    std::string field;
    for (int i = 3; i <= 22 && fields; ++i) // proc(5): starttime is the 22nd
        fields >> field;
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = std::strtod(field.c_str(), nullptr) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9 - started) * 1e3;
}

class Watch final : public QObject
{
public:
    Watch(ui::MainWindow &window, std::function<void(int)> done)
        : QObject(&window)
        , m_window(window)
        , m_done(std::move(done))
    {
        m_window.currentPage()->installEventFilter(this);
        connect(m_window.currentPage(), &ui::Page::changed, this, [this] {
            if (hasContent())
                m_window.currentPage()->update();
            else if (m_window.settled())
                m_done(1);
        });
    }

protected:
    bool eventFilter(QObject *page, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen && hasContent()) {
            m_seen = true;
            QTimer::singleShot(0, this, [this] { // after this frame has gone to the screen
                std::printf("first frame %.0f ms\n", millisecondsSinceStart());
                std::fflush(stdout);
                m_done(0);
            });
        }
        return QObject::eventFilter(page, event);
    }

private:
    /// Something that was answered once is shown.
    [[nodiscard]] bool hasContent() const { return m_window.currentPage()->freshness().at.known(); }

    ui::MainWindow &m_window;
    std::function<void(int)> m_done;
    bool m_seen = false;
};

} // namespace

void reportFirstFrame(ui::MainWindow &window, std::function<void(int)> done)
{
    new Watch(window, std::move(done)); // dies with the window
}

} // namespace andon::desktop
