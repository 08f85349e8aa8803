#include "ui/shell/commands.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QShortcut>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

/// Every word is somewhere in the title.
bool fits(const QString &title, const QString &words)
{
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(parts.begin(), parts.end(),
                       [&](const QString &part) { return title.contains(part, Qt::CaseInsensitive); });
}

} // namespace

void CommandRegistry::add(QWidget *window, UiCommand command)
{
    if (!command.keys.isEmpty()) {
        for (const UiCommand &other : m_commands)
            Q_ASSERT_X(other.keys != command.keys, "CommandRegistry", qPrintable(command.id));
        auto *shortcut = new QShortcut(command.keys, window);
        connect(shortcut, &QShortcut::activated, this, command.run);
    }
    m_commands.push_back(std::move(command));
}

CommandPalette::CommandPalette(const CommandRegistry &registry, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_registry(registry)
    , m_input(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 360);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 80)));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_input);
    column->addWidget(m_list);
    m_input->setPlaceholderText(tr("Run a command"));
    m_input->setFixedHeight(28);
    m_input->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    fill({});
    m_input->setFocus();
}

void CommandPalette::fill(const QString &words)
{
    m_list->clear();
    int index = 0;
    for (const UiCommand &command : m_registry.commands()) {
        if (fits(command.title, words)) {
            QString line = command.title;
            if (!command.keys.isEmpty())
                line += QStringLiteral("    ") + command.keys.toString(QKeySequence::NativeText);
            auto *item = new QListWidgetItem(line, m_list);
            item->setData(Qt::UserRole, index);
        }
        ++index;
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const auto run = m_registry.commands()[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())].run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            runCurrent();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace andon::ui
