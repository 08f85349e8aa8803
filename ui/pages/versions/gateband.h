#pragma once
// A line over the facts of a commit: a gate failed on it, or did not run. GUI thread.
#include "factory/versionviews.h"

#include <QWidget>

namespace andon::ui
{

class Label;

class GateBand final : public QWidget
{
    Q_OBJECT
public:
    explicit GateBand(QWidget *parent = nullptr);
    /// Hidden when no hook failed or was skipped. refused: no branch or tag has the commit, because one failed.
    void set(const factory::CommitDetail &detail, bool refused);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_failed = false;
    Label *m_words = nullptr;
};

} // namespace andon::ui
