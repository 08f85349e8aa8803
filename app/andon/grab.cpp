#include "app/andon/grab.h"

#include "app/andon/faces.h"
#include "app/andon/texts.h"
#include "text/errortext.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace andon::desktop
{

namespace
{

constexpr int kPollMs = 40;
constexpr int kMostPolls = 1500; // a minute for one page

struct Tour : QObject {
    Tour(ui::MainWindow &w, std::vector<Shot> s, bool n, std::function<void(int)> d)
        : QObject(&w)
        , window(w)
        , shots(std::move(s))
        , network(n)
        , done(std::move(d))
    {
        QObject::connect(&timer, &QTimer::timeout, this, [this] { poll(); });
    }

    void begin()
    {
        if (at >= shots.size())
            return finish(flawed ? 1 : 0);
        const Shot &shot = shots[at];
        ui::applyTheme(*qApp, shot.theme);
        window.resize(shot.size);
        window.QWidget::show();
        if (!window.showPage(shot.page)) {
            std::fprintf(stderr, "andon: there is no page \"%s\"\n", qPrintable(shot.page));
            return finish(2);
        }
        window.currentPage()->setFilter({}); // that of the picture before
        if (!shot.link.isEmpty())
            window.openLink(shot.link);
        if (!shot.filter.isEmpty())
            window.currentPage()->setFilter(shot.filter);
        window.refreshPage(network);
        polls = 0;
        calm = 0;
        pretended = false;
        timer.start(kPollMs);
    }

    void poll()
    {
        calm = window.settled() ? calm + 1 : 0;
        if (calm < 5 && ++polls < kMostPolls)
            return;
        const Shot &shot = shots[at];
        if (shot.state && !pretended) {
            window.currentPage()->pretend(shot.state->freshness, shot.state->withValue);
            pretended = true; // and let it lay itself out
            return;
        }
        timer.stop();
        QDir().mkpath(QFileInfo(shot.file).absolutePath());
        if (!window.grab().save(shot.file)) {
            std::fprintf(stderr, "andon: cannot write %s\n", qPrintable(shot.file));
            return finish(1);
        }
        if (!shot.texts.isEmpty())
            if (const auto written = writeTexts(window, shot.page, shot.texts); !written) {
                std::fprintf(stderr, "andon: %s\n", qPrintable(text::paragraph(written.error())));
                return finish(1);
            }
        for (const QString &problem : shot.checked ? layoutProblems(window) : QStringList())
            std::printf("%s: %s\n", qPrintable(QFileInfo(shot.file).fileName()), qPrintable(problem)), flawed = true;
        std::printf("%s\n", qPrintable(shot.file));
        std::fflush(stdout);
        ++at;
        begin();
    }

    void finish(int code)
    {
        timer.stop();
        done(code);
    }

    ui::MainWindow &window;
    std::vector<Shot> shots;
    bool network;
    std::function<void(int)> done;
    QTimer timer;
    std::size_t at = 0;
    int polls = 0;
    int calm = 0;
    bool pretended = false;
    bool flawed = false;
};

} // namespace

void takeShots(ui::MainWindow &window, std::vector<Shot> shots, bool network, std::function<void(int)> done)
{
    auto *tour = new Tour(window, std::move(shots), network, std::move(done)); // dies with the window
    QTimer::singleShot(0, tour, [tour] { tour->begin(); });
}

} // namespace andon::desktop
