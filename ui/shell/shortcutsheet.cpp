#include "ui/shell/shortcutsheet.h"

#include "ui/shell/commandregistry.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace andon::ui
{

ShortcutSheet::ShortcutSheet(CommandRegistry &registry, QWidget *parent)
    : QDialog(parent)
    , m_registry(registry)
    , m_rows(
          {{.title = tr("Command"), .width = 240}, {.title = tr("Keys"), .width = 130}, {.title = tr("What it does")}})
    , m_filter(new QLineEdit(this))
    , m_table(new Table(m_rows, this))
    , m_name(new Label(tr("Choose a command to change its keys"), Tone::Second, 12, this))
    , m_note(new Label({}, Tone::Muted, 12, this))
    , m_keys(new QKeySequenceEdit(this))
    , m_clear(new QPushButton(tr("No keys"), this))
    , m_reset(new QPushButton(tr("As shipped"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(820, 620);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    m_filter->setPlaceholderText(tr("Find a command or its keys"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_name, 1);
    m_keys->setFixedWidth(180);
    m_keys->setAccessibleName(tr("Keys"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_keys, m_clear, m_reset})
        row->addWidget(widget);
    column->addLayout(row);
    column->addWidget(m_note);
    m_table->setAccessibleName(tr("Commands"));
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutSheet::render);
    connect(m_table, &Table::rowSelected, this, &ShortcutSheet::choose);
    connect(m_keys, &QKeySequenceEdit::editingFinished, this, [this] { change(m_keys->keySequence()); });
    connect(m_clear, &QPushButton::clicked, this, [this] { change({}); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (const UiCommand *command = m_registry.find(m_chosen))
            change(command->keys);
    });
    render();
    choose({});
    m_filter->setFocus();
}

void ShortcutSheet::render()
{
    const QString words = m_filter->text();
    std::map<QString, std::vector<models::TableRow>> groups;
    std::vector<QString> order;
    for (const UiCommand &command : m_registry.commands()) {
        const QString keys = m_registry.keysOf(command.id).toString(QKeySequence::NativeText);
        const auto holds = [&](const QString &text) { return text.contains(words, Qt::CaseInsensitive); };
        if (!holds(command.title) && !holds(keys) && !holds(command.description))
            continue;
        if (!groups.contains(command.group))
            order.push_back(command.group);
        const bool own = m_registry.keysOf(command.id) != command.keys;
        groups[command.group].push_back(
            {.id = command.id,
             .cells = {{.text = command.title},
                       {.text = keys, .strong = own, .tip = own ? tr("changed by you") : QString()},
                       {.text = command.description, .muted = true}}});
    }
    std::vector<models::TableRow> rows;
    for (const QString &group : order) {
        rows.push_back({.id = QStringLiteral("group:") + group, .cells = {{.text = group}, {}, {}}, .section = true});
        for (models::TableRow &row : groups[group])
            rows.push_back(std::move(row));
    }
    m_rows.setRows(std::move(rows));
}

void ShortcutSheet::choose(const QString &id)
{
    m_chosen = m_registry.find(id) ? id : QString();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_keys, m_clear, m_reset})
        widget->setEnabled(!m_chosen.isEmpty());
    if (m_chosen.isEmpty())
        return;
    m_name->setText(m_registry.find(m_chosen)->title);
    m_keys->setKeySequence(m_registry.keysOf(m_chosen));
    m_note->setText({});
}

void ShortcutSheet::change(const QKeySequence &keys)
{
    if (m_chosen.isEmpty() || keys == m_registry.keysOf(m_chosen))
        return;
    if (const UiCommand *holder = m_registry.holderOf(keys, m_chosen)) {
        m_note->setText(tr("%1 is taken: \"%2\" has %3. Give that command other keys first.")
                            .arg(keys.toString(QKeySequence::NativeText), holder->title,
                                 m_registry.keysOf(holder->id).toString(QKeySequence::NativeText)));
        m_keys->setKeySequence(m_registry.keysOf(m_chosen));
        return;
    }
    m_registry.setKeys(m_chosen, keys);
    m_keys->setKeySequence(keys);
    m_note->setText(keys.isEmpty() ? tr("It has no keys now; the palette still runs it.")
                                   : tr("It runs with %1 now.").arg(keys.toString(QKeySequence::NativeText)));
    render();
}

} // namespace andon::ui
