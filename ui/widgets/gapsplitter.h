#pragma once
// A splitter between cards: its handle is the gap itself, nothing is painted. GUI thread.
#include "ui/theme/tokens.h"

#include <QSplitter>

namespace andon::ui
{

class GapSplitter final : public QSplitter
{
public:
    GapSplitter(Qt::Orientation orientation, QWidget *parent)
        : QSplitter(orientation, parent)
    {
        setChildrenCollapsible(false);
        setHandleWidth(metric::kGap);
    }

protected:
    QSplitterHandle *createHandle() override { return new Gap(orientation(), this); }

private:
    class Gap final : public QSplitterHandle
    {
    public:
        using QSplitterHandle::QSplitterHandle;

    protected:
        void paintEvent(QPaintEvent *) override { }
    };
};

} // namespace andon::ui
