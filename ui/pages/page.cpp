#include "ui/pages/page.h"

#include "ui/charts/timechart.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/table.h"

namespace andon::ui
{

namespace
{

/// Tables with a name: the others are parts of something else.
QList<Table *> tablesOf(const QWidget &page)
{
    QList<Table *> tables = page.findChildren<Table *>();
    tables.removeIf([](const Table *table) { return table->objectName().isEmpty(); });
    return tables;
}

/// That has the focus, else the first that is seen.
Table *tableOf(const QWidget &page)
{
    if (auto *focused = qobject_cast<Table *>(page.focusWidget()); focused && focused->isVisible())
        return focused;
    for (Table *table : page.findChildren<Table *>())
        if (table->isVisible())
            return table;
    return nullptr;
}

std::vector<std::string> wordsOf(const QWidget &page, QStringList (Table::*read)() const)
{
    std::vector<std::string> words;
    for (const Table *table : tablesOf(page))
        for (const QString &word : (table->*read)())
            words.push_back((table->objectName() + u'.' + word).toStdString());
    return words;
}

void setWords(const QWidget &page, const std::vector<std::string> &words, void (Table::*write)(const QStringList &))
{
    for (Table *table : tablesOf(page)) {
        const QString start = table->objectName() + u'.';
        QStringList own;
        for (const std::string &word : words)
            if (const QString text = QString::fromStdString(word); text.startsWith(start))
                own << text.mid(start.size());
        (table->*write)(own);
    }
}

} // namespace

std::vector<std::string> Page::columns() const
{
    return wordsOf(*this, &Table::columns);
}

void Page::setColumns(const std::vector<std::string> &columns)
{
    setWords(*this, columns, &Table::setColumns);
}

void Page::act(const QString &, const QString &) { }

std::vector<models::QuickEntry> Page::offers(const QString &) const
{
    return {};
}

bool Page::hasColumns() const
{
    return tableOf(*this) != nullptr;
}

void Page::chooseColumns()
{
    if (Table *table = tableOf(*this))
        table->openColumnsMenu();
}

std::vector<std::string> Page::expanded() const
{
    return wordsOf(*this, &Table::expanded);
}

void Page::setExpanded(const std::vector<std::string> &expanded)
{
    setWords(*this, expanded, &Table::setExpanded);
}

QString Page::filter() const
{
    const FilterBar *bar = filterBar();
    return bar ? bar->text() : QString();
}

void Page::setFilter(const QString &words)
{
    if (FilterBar *bar = filterBar()) {
        bar->setText(words);
        bar->home(false); // a narrow one shows how it begins
    }
}

void Page::setCrosshair(const Crosshair &crosshair)
{
    for (TimeChart *chart : findChildren<TimeChart *>())
        chart->setCrosshair(crosshair);
}

} // namespace andon::ui
