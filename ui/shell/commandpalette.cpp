#include "ui/shell/commandpalette.h"

#include "ui/shell/commandregistry.h"
#include "ui/theme/style.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

constexpr std::size_t kShown = 100; ///< more than anybody reads; typing narrows
constexpr QLatin1String kCommand("command:");

class QuickDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, 28}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

void QuickDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = tokens(option.widget);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, t.selected);
    const QRect row = option.rect.adjusted(10, 0, -10, 0);
    constexpr int kKindWidth = 84;
    painter->setFont(ui::font(11));
    painter->setPen(t.muted);
    painter->drawText(QRect(row.left(), row.top(), kKindWidth, row.height()), Qt::AlignVCenter,
                      index.data(Qt::UserRole + 1).toString());
    const QString keys = index.data(Qt::UserRole + 3).toString();
    const int keysWidth = keys.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(keys) + 12;
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, keys);
    QRect rest = row.adjusted(kKindWidth, 0, -keysWidth, 0);
    painter->setFont(ui::font(13));
    painter->setPen(t.text);
    const QString title =
        painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rest.width());
    painter->drawText(rest, Qt::AlignVCenter, title);
    rest.adjust(painter->fontMetrics().horizontalAdvance(title) + 12, 0, 0, 0);
    painter->setFont(ui::font(12));
    painter->setPen(t.muted);
    painter->drawText(
        rest, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data(Qt::UserRole + 2).toString(), Qt::ElideRight, rest.width()));
}

} // namespace

/// The rows that are shown: a hundred at most.
class QuickList final : public QAbstractListModel
{
public:
    struct Row {
        models::QuickEntry entry = {};
        QString keys = {};
    };
    void set(std::vector<Row> rows)
    {
        const auto before = static_cast<int>(m_rows.size());
        const auto after = static_cast<int>(rows.size());
        if (after < before)
            beginRemoveRows({}, after, before - 1);
        else if (after > before)
            beginInsertRows({}, before, after - 1);
        m_rows = std::move(rows);
        if (after < before)
            endRemoveRows();
        else if (after > before)
            endInsertRows();
        if (const int kept = std::min(before, after); kept > 0)
            Q_EMIT dataChanged(index(0), index(kept - 1));
    }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const Row &row = m_rows[static_cast<std::size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return row.entry.title;
        case Qt::AccessibleTextRole:
            return QStringList{row.entry.title, row.entry.kind, row.entry.detail, row.keys}.join(QStringLiteral(", "));
        case Qt::UserRole + 1:
            return row.entry.kind;
        case Qt::UserRole + 2:
            return row.entry.detail;
        case Qt::UserRole + 3:
            return row.keys;
        default:
            return {};
        }
    }

private:
    std::vector<Row> m_rows;
};

CommandPalette::CommandPalette(CommandRegistry &registry, std::function<void(const QString &)> go, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_registry(registry)
    , m_go(std::move(go))
    , m_input(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_foot(new QLabel(this))
    , m_rows(std::make_unique<QuickList>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Command palette"));
    resize(640, 440);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 80)));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 6);
    column->setSpacing(6);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_input, m_list, m_foot})
        column->addWidget(widget);
    m_input->setFixedHeight(28);
    m_input->installEventFilter(this);
    m_input->setAccessibleName(tr("Command, page, site, branch, commit, model or view"));
    m_list->setModel(m_rows.get());
    m_list->setItemDelegate(new QuickDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Found"));
    m_foot->setFont(ui::font(11));
    m_foot->setForegroundRole(QPalette::PlaceholderText);
    m_foot->setTextFormat(Qt::PlainText);
    std::vector<models::QuickEntry> commands;
    for (const UiCommand &command : registry.commands())
        if (!command.whyNot || command.whyNot().isEmpty())
            commands.push_back({command.group, command.title, command.description, kCommand + command.id});
    m_commands = models::QuickIndex(std::move(commands));
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListView::clicked, this, &CommandPalette::take);
    m_input->setPlaceholderText(tr("Run a command, or go to a page, site, branch, commit, model or view"));
    fill({});
    m_input->setFocus();
}

CommandPalette::~CommandPalette() = default;

int CommandPalette::shownCount() const
{
    return m_rows->rowCount();
}

void CommandPalette::setPlaces(std::shared_ptr<const models::QuickIndex> places)
{
    m_places = std::move(places);
    fill(m_input->text());
}

void CommandPalette::askFor(const QString &id)
{
    const UiCommand *command = m_registry.find(id);
    if (!command)
        return;
    m_asking = id;
    m_choices = models::QuickIndex(command->choices ? command->choices() : std::vector<models::QuickEntry>{});
    m_input->clear();
    m_input->setPlaceholderText(command->prompt);
    m_input->setAccessibleName(command->prompt);
    fill({});
}

void CommandPalette::fill(const QString &words)
{
    std::vector<QuickList::Row> rows;
    const auto add = [&](const models::QuickIndex &index) {
        for (const std::uint32_t i : index.find(words, kShown - std::min(kShown, rows.size()))) {
            const models::QuickEntry &entry = index.entries()[i];
            const bool command = m_asking.isEmpty() && entry.target.startsWith(kCommand);
            rows.push_back(
                {entry,
                 command ? m_registry.keysOf(entry.target.mid(kCommand.size())).toString(QKeySequence::NativeText)
                         : QString()});
        }
    };
    const bool asking = !m_asking.isEmpty();
    add(asking ? m_choices : m_commands);
    if (!asking && m_places && !words.trimmed().isEmpty())
        add(*m_places);
    m_rows->set(std::move(rows));
    m_list->setCurrentIndex(m_rows->index(0, 0));
    const std::size_t places = m_places ? m_places->entries().size() : 0;
    const bool free = asking && m_choices.entries().empty();
    m_foot->setText(free          ? tr("Enter takes what you typed, Esc leaves")
                        : asking  ? tr("Enter chooses, Esc leaves")
                        : !places ? tr("%L1 commands").arg(m_commands.entries().size())
                                  : tr("%L1 commands, %L2 places").arg(m_commands.entries().size()).arg(places));
}

void CommandPalette::take()
{
    const QModelIndex current = m_list->currentIndex();
    if (!m_asking.isEmpty()) {
        const QString argument = current.isValid()
            ? m_rows->rows()[static_cast<std::size_t>(current.row())].entry.target
            : m_choices.entries().empty() ? m_input->text().trimmed()
                                          : QString();
        if (argument.isEmpty())
            return;
        const QString id = m_asking;
        close();
        return m_registry.run(id, argument);
    }
    if (!current.isValid())
        return;
    const QString target = m_rows->rows()[static_cast<std::size_t>(current.row())].entry.target;
    if (target.startsWith(kCommand))
        return takeCommand(target.mid(kCommand.size()));
    const auto go = m_go;
    close();
    go(target);
}

void CommandPalette::takeCommand(const QString &id)
{
    const UiCommand *command = m_registry.find(id);
    if (command && !command->prompt.isEmpty())
        return askFor(id);
    close();
    m_registry.run(id);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const int step = key == Qt::Key_Down ? 1
        : key == Qt::Key_Up              ? -1
        : key == Qt::Key_PageDown        ? 10
        : key == Qt::Key_PageUp          ? -10
                                         : 0;
    if (step != 0 && m_rows->rowCount() > 0) {
        const int row = std::clamp(m_list->currentIndex().row() + step, 0, m_rows->rowCount() - 1);
        m_list->setCurrentIndex(m_rows->index(row, 0));
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        take();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace andon::ui
