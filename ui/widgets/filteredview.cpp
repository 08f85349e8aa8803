#include "ui/widgets/filteredview.h"

#include "core/clock.h"
#include "models/celltable.h"

#include <QAbstractItemView>

namespace andon::ui
{

FilterBar *filterBarOf(models::CellTable &model, const core::Clock &clock, const QString &name, QWidget *parent)
{
    auto *bar = new FilterBar(
        name, [&model, &clock] { return text::FilterGrammar{.fields = model.fields(), .now = clock.now()}; }, parent);
    bar->setFixedHeight(22);
    bar->setMinimumWidth(120);
    bar->setMaximumWidth(320);
    return bar;
}

FilteredView::FilteredView(QAbstractItemView *view, models::CellTable &model, FilterBar *bar, QWidget *parent)
    : Panel(parent)
    , m_model(model)
    , m_bar(bar)
{
    view->setParent(this);
    setContent(view);
    setSizePolicy(view->sizePolicy());
    bar->setList(view);
    connect(bar, &FilterBar::filterChanged, this, [this](const text::Filter &filter) { m_model.setFilter(filter); });
    connect(&model, &models::CellTable::filtered, this, &FilteredView::follow);
    connect(this, &Panel::clearFilterRequested, bar, &QLineEdit::clear);
    follow();
}

void FilteredView::follow()
{
    m_bar->readAgain(); // now-7d is another moment with each refresh
    m_bar->setCounts(m_model.shown(), m_model.total());
    show({.state = core::FreshnessState::Live}, {}, m_model.shown() > 0 || m_model.filter().empty(), true);
}

} // namespace andon::ui
