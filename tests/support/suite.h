#pragma once
// One test program per folder holds many test classes: each registers itself, main() runs them all and prints one
// closing line of totals. `test_net` runs everything; `test_net RetryTest` one class; `test_net RetryTest::backsOff`
// one function. Any unannounced qWarning fails the test that made it.
#include <QObject>
#include <QTest>

#include <functional>
#include <memory>

namespace andon::test
{

using Make = std::function<std::unique_ptr<QObject>()>;
void registerSuite(const char *className, Make make);

template <typename T> struct Suite {
    explicit Suite(const char *name)
    {
        registerSuite(name, [] { return std::make_unique<T>(); });
    }
};

/// Runs what the arguments name, or everything. 0 when all passed and at least one ran.
int runSuites(const QStringList &arguments);

/// Call from init() of every class: unannounced warnings fail.
void failOnAnyWarning();

/// QVERIFY that an expected has a value, printing the error otherwise.
#define ANDON_VERIFY_RESULT(result)                                                                                    \
    do {                                                                                                               \
        const auto &andonResult = (result);                                                                            \
        if (!andonResult)                                                                                              \
            QFAIL(qPrintable(QString::fromUtf8((std::string(andon::core::name(andonResult.error().kind)) + " "         \
                                                + andonResult.error().where + ": " + andonResult.error().detail)       \
                                                   .c_str())));                                                        \
    } while (false)

} // namespace andon::test

#define ANDON_SUITE(Class) static const andon::test::Suite<Class> andonSuite##Class(#Class);
