// Widgets need a QApplication; they wear the console's style.
#include "tests/support/suite.h"
#include "text/language.h"
#include "ui/theme/style.h"

#include <QApplication>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    andon::text::speak(app, {.code = QStringLiteral("en")});
    andon::ui::applyTheme(app, andon::ui::Theme::Dark);
    return andon::test::runSuites(app.arguments());
}
