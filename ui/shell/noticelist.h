#pragma once
// The notifications, newest first, and the way to each. Closes itself when one was chosen. GUI thread.
#include "models/celltable.h"

#include <QDialog>

class QPushButton;

namespace andon::core
{
class Clock;
}

namespace andon::ui
{

class Label;
class NoticeBook;
class Table;

class NoticeList final : public QDialog
{
    Q_OBJECT
public:
    /// Both must outlive it.
    NoticeList(NoticeBook &book, const core::Clock &clock, QWidget *parent);

Q_SIGNALS:
    void linkRequested(const QString &link);

private:
    void render();

    NoticeBook &m_book;
    const core::Clock &m_clock;
    models::CellTable m_rows;
    Table *m_table = nullptr;
    Label *m_note = nullptr;
    QPushButton *m_read = nullptr;
};

} // namespace andon::ui
