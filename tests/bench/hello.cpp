// The peer of the start: an empty window and nothing else. Says when its first frame had been painted and ends.
#include <QApplication>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace
{

class Watch final : public QObject
{
protected:
    bool eventFilter(QObject *window, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, [] { // after this frame has gone to the screen
                std::printf("first frame\n");
                std::fflush(stdout);
                QApplication::exit(0);
            });
        return QObject::eventFilter(window, event);
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QMainWindow window;
    Watch watch;
    window.installEventFilter(&watch);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
