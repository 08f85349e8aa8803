// Pages are set with fonts: the program needs a QGuiApplication.
#include "tests/support/suite.h"

#include <QGuiApplication>

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    return andon::test::runSuites(app.arguments());
}
