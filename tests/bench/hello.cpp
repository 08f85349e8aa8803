// The peers of the start: an empty window and nothing else, or with --furnished one that has what a program has before
// it has data (menu, tool bar, dock, table, status bar). Says when its first frame had been painted and ends.
#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QTableWidget>
#include <QTimer>
#include <QToolBar>

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

void furnish(QMainWindow &window)
{
    window.menuBar()->addMenu(QStringLiteral("File"))->addAction(QStringLiteral("Quit"));
    QToolBar *tools = window.addToolBar(QStringLiteral("Tools"));
    tools->addAction(QStringLiteral("Open"));
    tools->addAction(QStringLiteral("Save"));
    auto *dock = new QDockWidget(QStringLiteral("Dock"));
    dock->setWidget(new QLabel(QStringLiteral("A dock")));
    window.addDockWidget(Qt::LeftDockWidgetArea, dock);
    window.setCentralWidget(new QTableWidget(20, 6));
    window.statusBar()->showMessage(QStringLiteral("Ready"));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QMainWindow window;
    Watch watch;
    window.installEventFilter(&watch);
    if (QApplication::arguments().contains(QStringLiteral("--furnished")))
        furnish(window);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
