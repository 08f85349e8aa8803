#pragma once
// Everything the console can do, once: the palette, the shortcuts and the cheat sheet read this list. GUI thread.
#include <QDialog>
#include <QKeySequence>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace andon::ui
{

struct UiCommand {
    QString id = {}; ///< "page.versions"
    QString title = {};
    QKeySequence keys = {};
    std::function<void()> run = {};
};

class CommandRegistry final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Adds a command and, when it has keys, a shortcut on `window`. Two commands with the same keys are a defect.
    void add(QWidget *window, UiCommand command);
    [[nodiscard]] const std::vector<UiCommand> &commands() const { return m_commands; }

private:
    std::vector<UiCommand> m_commands;
};

/// Ctrl+K: type some letters of a command, Enter runs it.
class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    CommandPalette(const CommandRegistry &registry, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill(const QString &words);
    void runCurrent();

    const CommandRegistry &m_registry;
    QLineEdit *m_input = nullptr;
    QListWidget *m_list = nullptr;
};

} // namespace andon::ui
