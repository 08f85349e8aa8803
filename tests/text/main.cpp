// Texts have their plural forms from the catalogue, as in the programs.
#include "tests/support/suite.h"
#include "text/language.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    andon::text::speak(app, {.code = QStringLiteral("en")});
    return andon::test::runSuites(app.arguments());
}
