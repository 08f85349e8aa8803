#pragma once
// Everything the console can do, once: menu, toolbar, shortcuts, palette and the sheet of keys read this list. GUI
// thread.
#include "models/quickfind.h"

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <map>
#include <vector>

class QShortcut;

namespace andon::ui
{

struct UiCommand {
    QString id = {}; ///< "page.versions"
    QString group = {}; ///< heading in menu and sheet
    QString title = {};
    QString description = {}; ///< one sentence: what it does
    QKeySequence keys = {}; ///< as shipped
    std::function<void(const QString &argument)> run = {};
    /// What it needs to know, asked for before it runs; "" nothing. Without choices any text will do.
    QString prompt = {};
    std::function<std::vector<models::QuickEntry>()> choices = {}; ///< the target of the chosen one is the argument
    std::function<QString()> whyNot = {}; ///< a sentence while it can not run
};

class CommandRegistry final : public QObject
{
    Q_OBJECT
public:
    /// window: its shortcuts work there.
    explicit CommandRegistry(QWidget *window);

    /// Two commands with the same id are a defect; with the same keys one too: the later goes without.
    void add(UiCommand command);
    [[nodiscard]] const std::vector<UiCommand> &commands() const { return m_commands; }
    [[nodiscard]] const UiCommand *find(const QString &id) const;
    /// The keys in force: the person's, else those that it was shipped with.
    [[nodiscard]] QKeySequence keysOf(const QString &id) const;
    /// "Refresh this page (F5)": for tooltips.
    [[nodiscard]] QString hintOf(const QString &id) const;

    /// The command that has keys which `keys` cannot be told from (equal, or one begins the other); nullptr when none.
    [[nodiscard]] const UiCommand *holderOf(const QKeySequence &keys, const QString &except) const;
    /// Empty keys take the shortcut away. False, and nothing changes, when another command has them.
    bool setKeys(const QString &id, const QKeySequence &keys);
    void resetKeys(const QString &id);
    /// Command id to keys as portable text, "" for none: those that differ from the shipped ones.
    [[nodiscard]] std::map<std::string, std::string> ownKeys() const;
    /// Unknown ids are kept; keys that collide are dropped and come back as their commands' titles.
    QStringList setOwnKeys(const std::map<std::string, std::string> &own);

    /// Runs it unless it says why not. One that needs an argument and got none asks for it.
    void run(const QString &id, const QString &argument = {});

Q_SIGNALS:
    void keysChanged();
    void argumentWanted(const QString &id); ///< the palette asks
    void ran(const QString &id);
    void refused(const QString &why);

private:
    void apply(const QString &id);

    QWidget *m_window;
    std::vector<UiCommand> m_commands;
    std::map<QString, QKeySequence> m_own;
    std::map<std::string, std::string> m_unknown; ///< of a newer Andon, or of a page that is not there
    std::map<QString, QShortcut *> m_shortcuts;
};

} // namespace andon::ui
