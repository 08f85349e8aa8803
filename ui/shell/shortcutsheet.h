#pragma once
// "?": every command with its keys. A chosen one's keys can be changed, taken away or set back; keys that another
// command has are refused by name. GUI thread.
#include "models/celltable.h"

#include <QDialog>

class QKeySequenceEdit;
class QLineEdit;
class QPushButton;

namespace andon::ui
{

class CommandRegistry;
class Label;
class Table;

class ShortcutSheet final : public QDialog
{
    Q_OBJECT
public:
    ShortcutSheet(CommandRegistry &registry, QWidget *parent);

private:
    void render();
    void choose(const QString &id);
    void change(const QKeySequence &keys);

    CommandRegistry &m_registry;
    QString m_chosen;
    models::CellTable m_rows;
    QLineEdit *m_filter = nullptr;
    Table *m_table = nullptr;
    Label *m_name = nullptr;
    Label *m_note = nullptr;
    QKeySequenceEdit *m_keys = nullptr;
    QPushButton *m_clear = nullptr;
    QPushButton *m_reset = nullptr;
};

} // namespace andon::ui
