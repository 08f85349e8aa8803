#include "tests/support/suite.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace andon::test
{

namespace
{
std::map<std::string, Make> &suites()
{
    static std::map<std::string, Make> all; // the only global: filled before main, read in it
    return all;
}
} // namespace

void registerSuite(const char *className, Make make)
{
    suites()[className] = std::move(make);
}

void failOnAnyWarning()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
}

int runSuites(const QStringList &arguments)
{
    std::vector<QString> passOn;
    std::string onlyClass;
    QString onlyFunction;
    for (int i = 1; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const QString className = argument.section(QStringLiteral("::"), 0, 0);
        if (suites().count(className.toStdString())) {
            onlyClass = className.toStdString();
            onlyFunction = argument.section(QStringLiteral("::"), 1);
        } else {
            passOn.push_back(argument);
        }
    }
    int failedSuites = 0;
    int ran = 0;
    for (const auto &[name, make] : suites()) {
        if (!onlyClass.empty() && name != onlyClass)
            continue;
        QStringList line{arguments.value(0)};
        if (!onlyFunction.isEmpty())
            line << onlyFunction;
        for (const QString &argument : passOn)
            line << argument;
        const std::unique_ptr<QObject> object = make();
        failedSuites += QTest::qExec(object.get(), line) != 0 ? 1 : 0;
        ++ran;
    }
    std::printf("%d passed, %d failed\n", ran - failedSuites, failedSuites);
    return failedSuites == 0 && ran > 0 ? 0 : 1;
}

} // namespace andon::test

// UI test programs define their own main (a QApplication); see tests/ui/main.cpp.
__attribute__((weak)) int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    return andon::test::runSuites(app.arguments());
}
