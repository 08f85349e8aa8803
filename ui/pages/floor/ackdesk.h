#pragma once
// What the Floor needs of the program around it to say who is on what. The composition root implements it; what blocks
// comes back later. GUI thread.
#include "core/pending.h"
#include "factory/subject.h"

#include <QString>

namespace andon::ui
{

class AckDesk
{
public:
    virtual ~AckDesk() = default;
    [[nodiscard]] virtual QString person() const = 0; ///< the name that the last one carried, else the account's
    /// Answers when it is on the disk.
    [[nodiscard]] virtual core::Pending<std::string> acknowledge(const factory::Subject &subject,
                                                                 const std::string &who, const std::string &note) = 0;
    [[nodiscard]] virtual core::Pending<std::string> withdraw(const factory::Subject &subject) = 0;
};

} // namespace andon::ui
