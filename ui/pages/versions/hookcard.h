#pragma once
// The hooks that ran for a commit: how each ended, what it is called and how long it took; its name leads to its
// output. GUI thread.
#include "factory/versionviews.h"
#include "ui/widgets/card.h"

namespace andon::ui
{

class HookCard final : public Card
{
    Q_OBJECT
public:
    explicit HookCard(QWidget *parent = nullptr);
    void set(const factory::CommitDetail &detail); ///< hidden without runs

Q_SIGNALS:
    void outputRequested(const QString &run, const QString &hook, const QString &title);
};

} // namespace andon::ui
