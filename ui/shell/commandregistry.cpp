#include "ui/shell/commandregistry.h"

#include <QShortcut>
#include <QWidget>

#include <algorithm>

namespace andon::ui
{

CommandRegistry::CommandRegistry(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void CommandRegistry::add(UiCommand command)
{
    Q_ASSERT_X(!find(command.id), "CommandRegistry", qPrintable(command.id));
    if (const UiCommand *holder = holderOf(command.keys, command.id)) { // a defect; tests/app/window_test.cpp looks
        qWarning("%s and %s were both given %s", qPrintable(holder->id), qPrintable(command.id),
                 qPrintable(command.keys.toString()));
        command.keys = {};
    }
    const QString id = command.id;
    m_commands.push_back(std::move(command));
    apply(id);
}

const UiCommand *CommandRegistry::find(const QString &id) const
{
    const auto found = std::find_if(m_commands.begin(), m_commands.end(), [&](const auto &c) { return c.id == id; });
    return found == m_commands.end() ? nullptr : &*found;
}

QKeySequence CommandRegistry::keysOf(const QString &id) const
{
    if (const auto own = m_own.find(id); own != m_own.end())
        return own->second;
    const UiCommand *command = find(id);
    return command ? command->keys : QKeySequence();
}

QString CommandRegistry::hintOf(const QString &id) const
{
    const UiCommand *command = find(id);
    const QString keys = keysOf(id).toString(QKeySequence::NativeText);
    return !command ? QString() : keys.isEmpty() ? command->title : tr("%1 (%2)").arg(command->title, keys);
}

const UiCommand *CommandRegistry::holderOf(const QKeySequence &keys, const QString &except) const
{
    for (const UiCommand &command : m_commands) {
        const QKeySequence theirs = keysOf(command.id);
        if (command.id != except && !keys.isEmpty() && !theirs.isEmpty()
            && (keys.matches(theirs) != QKeySequence::NoMatch || theirs.matches(keys) != QKeySequence::NoMatch))
            return &command;
    }
    return nullptr;
}

void CommandRegistry::apply(const QString &id)
{
    const QKeySequence keys = keysOf(id);
    QShortcut *&shortcut = m_shortcuts[id];
    if (!shortcut && keys.isEmpty())
        return;
    if (!shortcut) {
        shortcut = new QShortcut(m_window);
        connect(shortcut, &QShortcut::activated, this, [this, id] { run(id); });
    }
    shortcut->setKey(keys);
}

bool CommandRegistry::setKeys(const QString &id, const QKeySequence &keys)
{
    const UiCommand *command = find(id);
    if (!command || holderOf(keys, id))
        return false;
    if (keys == command->keys)
        m_own.erase(id);
    else
        m_own[id] = keys;
    apply(id);
    Q_EMIT keysChanged();
    return true;
}

void CommandRegistry::resetKeys(const QString &id)
{
    if (const UiCommand *command = find(id))
        setKeys(id, command->keys);
}

std::map<std::string, std::string> CommandRegistry::ownKeys() const
{
    std::map<std::string, std::string> own = m_unknown;
    for (const auto &[id, keys] : m_own)
        own[id.toStdString()] = keys.toString(QKeySequence::PortableText).toStdString();
    return own;
}

QStringList CommandRegistry::setOwnKeys(const std::map<std::string, std::string> &own)
{
    m_own.clear();
    m_unknown.clear();
    QStringList dropped;
    for (const auto &[name, keys] : own) // first those that free keys, then those that take them
        if (const QString id = QString::fromStdString(name); find(id))
            m_own[id] = {};
        else
            m_unknown[name] = keys;
    for (const auto &[name, keys] : own) {
        const QString id = QString::fromStdString(name);
        const UiCommand *command = find(id);
        const auto wanted = QKeySequence::fromString(QString::fromStdString(keys), QKeySequence::PortableText);
        if (command && holderOf(wanted, id))
            dropped << command->title;
        else if (command)
            m_own[id] = wanted;
    }
    for (const UiCommand &command : m_commands)
        apply(command.id);
    Q_EMIT keysChanged();
    return dropped;
}

void CommandRegistry::run(const QString &id, const QString &argument)
{
    const UiCommand *command = find(id);
    if (!command)
        return;
    if (const QString why = command->whyNot ? command->whyNot() : QString(); !why.isEmpty()) {
        Q_EMIT refused(why);
        return;
    }
    if (!command->prompt.isEmpty() && argument.isEmpty()) {
        Q_EMIT argumentWanted(id);
        return;
    }
    const auto work = command->run; // it may add commands
    work(argument);
    Q_EMIT ran(id);
}

} // namespace andon::ui
