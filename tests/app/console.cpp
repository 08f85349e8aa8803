#include "tests/app/console.h"

#include <QDateTime>
#include <QFile>
#include <QtDebug>

namespace andon::test
{

std::string Console::start(const QString &scale)
{
    const QString truthFile = m_folder.filePath(QStringLiteral("truth.json"));
    const qint64 now = QDateTime::currentSecsSinceEpoch() / 30 * 30;
    m_factory.start(builtProgram("andonctl"),
                    {QStringLiteral("demo-factory"), QStringLiteral("--scale"), scale, QStringLiteral("--truth"),
                     truthFile, QStringLiteral("--now"), QString::number(now)},
                    plainEnvironment(m_folder.path()));
    const std::string endpoints = m_factory.firstLine();
    if (endpoints.empty())
        return "the demo factory does not start: " + m_factory.errors();
    QFile from(m_folder.filePath(QStringLiteral("demo.json")));
    QFile truth(truthFile);
    if (!from.open(QIODevice::WriteOnly) || from.write(endpoints.c_str()) < 0 || !truth.open(QIODevice::ReadOnly))
        return "cannot write " + from.fileName().toStdString() + " or read " + truthFile.toStdString();
    from.close();
    m_endpoints = json::parse(endpoints, nullptr, false);
    m_truth = json::parse(truth.readAll().toStdString(), nullptr, false);
    const Ran added =
        run({QStringLiteral("site"), QStringLiteral("add"), QStringLiteral("demo"), QStringLiteral("--from"),
             from.fileName(), QStringLiteral("--price-book"), QStringLiteral("demo:")});
    return added.exit == 0 ? std::string() : added.error;
}

Ran Console::run(const QStringList &arguments) const
{
    return runProgram(builtProgram("andonctl"),
                      QStringList{QStringLiteral("--profile"), m_folder.filePath(QStringLiteral("profile")),
                                  QStringLiteral("--secrets-file"), m_folder.filePath(QStringLiteral("secrets"))}
                          + arguments,
                      plainEnvironment(m_folder.path()));
}

json Console::ask(const QStringList &arguments) const
{
    const Ran ran = run(arguments + QStringList{QStringLiteral("--json")});
    json answer = ran.exit == 0 ? json::parse(ran.out, nullptr, false) : json();
    if (!answer.is_object()) {
        qWarning("andonctl %s: exit %d %s", qPrintable(arguments.join(u' ')), ran.exit, ran.error.c_str());
        return json::object();
    }
    return answer;
}

std::string difference(const json &truth, const json &reported)
{
    if (truth == reported)
        return {};
    const json patch = json::diff(truth, reported);
    const json &first = patch.front();
    const json::json_pointer at(first["path"].get<std::string>());
    const auto textAt = [&](const json &in) { return in.contains(at) ? in[at].dump() : std::string("nothing"); };
    return std::to_string(patch.size()) + " differences, the first at " + at.to_string() + ": truth "
        + textAt(truth).substr(0, 400) + ", andonctl " + textAt(reported).substr(0, 400);
}

} // namespace andon::test
