// What the check of the layouts finds, and what it lets pass.
#include "app/andon/faces.h"
#include "app/andon/paintedtext.h"
#include "tests/support/suite.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace andon;

namespace
{

struct Window {
    QWidget window;
    QVBoxLayout *column = new QVBoxLayout(&window);
    Window()
    {
        window.resize(400, 300);
        window.show();
    }
    QLabel *label(const QString &text)
    {
        auto *made = new QLabel(text, &window);
        column->addWidget(made);
        made->show(); // a layout does it later
        column->activate();
        return made;
    }
};

} // namespace

class LayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatFitsIsNoProblem()
    {
        Window shown;
        shown.label(QStringLiteral("short"));
        auto *wraps = shown.label(QString(300, u'x').replace(QStringLiteral("xxxxx"), QStringLiteral("word ")));
        wraps->setWordWrap(true);
        shown.column->activate();
        QCOMPARE(desktop::layoutProblems(shown.window), QStringList());
    }
    void wordsThatAreCutOffAreFound()
    {
        Window shown;
        auto *label = shown.label(QStringLiteral("a rather long sentence that needs its room"));
        label->setFixedWidth(60);
        shown.column->activate();
        QVERIFY(desktop::layoutProblems(shown.window).value(1).startsWith(QStringLiteral("cut off: a rather long")));
        label->setToolTip(label->text()); // then they can be read
        QCOMPARE(desktop::layoutProblems(shown.window), QStringList());
        auto *button = new QPushButton(QStringLiteral("a rather long button"), &shown.window);
        button->setFixedWidth(40);
        shown.column->addWidget(button);
        button->show();
        shown.column->activate();
        QVERIFY(
            desktop::layoutProblems(shown.window).value(0).startsWith(QStringLiteral("cut off: a rather long button")));
    }
    void paintedWordsThatAreCutOffOrOverEachOtherAreFound()
    {
        struct Painted : QWidget {
            using QWidget::QWidget;
            int second = 100;
            void paintEvent(QPaintEvent *) override
            {
                QPainter painter(this);
                painter.drawText(QPointF(10, 20), QStringLiteral("first"));
                painter.drawText(QPointF(second, 20), QStringLiteral("second"));
            }
        };
        Window shown;
        auto *painted = new Painted(&shown.window);
        painted->setGeometry(0, 0, 200, 30);
        painted->show();
        QCOMPARE(desktop::paintedTexts(*painted).size(), std::size_t{2});
        QCOMPARE(desktop::layoutProblems(shown.window), QStringList());
        painted->second = 15;
        QVERIFY(desktop::layoutProblems(shown.window).value(0).startsWith(QStringLiteral("overlap: second painted")));
        painted->second = 190;
        QVERIFY(desktop::layoutProblems(shown.window).value(0).startsWith(QStringLiteral("cut off: second painted")));
    }
    void widgetsOverEachOtherAreFound()
    {
        Window shown;
        auto *one = shown.label(QStringLiteral("one"));
        auto *two = shown.label(QStringLiteral("two"));
        two->setGeometry(one->geometry());
        QVERIFY(desktop::layoutProblems(shown.window).value(0).startsWith(QStringLiteral("overlap: ")));
    }
};

ANDON_SUITE(LayoutTest)
#include "layout_test.moc"
