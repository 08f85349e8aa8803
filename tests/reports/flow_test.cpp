#include "reports/flow.h"
#include "tests/support/suite.h"

#include <QImage>
#include <QPainter>

using namespace andon;
using namespace andon::reports;

namespace
{

/// Blocks that write down their number when they are painted; -n is the head of table n.
struct Recorder {
    std::vector<Block> blocks;
    std::vector<TableHead> heads;
    std::vector<int> painted;

    void add(double height, bool withNext = false, int table = 0, double before = 0)
    {
        const int number = static_cast<int>(blocks.size());
        blocks.push_back(
            {height, [this, number](QPainter &, double) { painted.push_back(number); }, withNext, table, before});
    }
    void addTable(int table, int rows, double height)
    {
        const Paint head = [this, table](QPainter &, double) { painted.push_back(-table); };
        heads.push_back({table, 10, head});
        blocks.push_back({10, head, true, table, 0});
        for (int i = 0; i < rows; ++i)
            add(height, false, table);
    }
    std::vector<std::vector<int>> pages(double bottom = 100)
    {
        std::vector<std::vector<int>> out;
        QImage paper(1, 1, QImage::Format_RGB32);
        QPainter painter(&paper);
        for (const FlowPage &page : flow(blocks, heads, 20, 10, bottom)) {
            painted.clear();
            double last = -1;
            for (const PlacedBlock &block : page) {
                if (block.y <= last)
                    throw std::runtime_error("blocks overlap");
                last = block.y;
                block.paint(painter, block.y);
            }
            out.push_back(painted);
        }
        return out;
    }
};

using Pages = std::vector<std::vector<int>>;

} // namespace

class FlowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void nothingIsOnePage() { QCOMPARE(Recorder().pages().size(), std::size_t(1)); }

    void fillsAPageBeforeTheNext()
    {
        Recorder r;
        for (int i = 0; i < 5; ++i)
            r.add(40);
        QCOMPARE(r.pages(), (Pages{{0, 1}, {2, 3}, {4}}));
    }

    void aHeadingStaysWithWhatFollows()
    {
        Recorder r;
        r.add(60);
        r.add(10, true); // would fit, but what it heads would not
        r.add(20);
        QCOMPARE(r.pages(), (Pages{{0}, {1, 2}}));
    }

    void aShortTableIsNotTorn()
    {
        Recorder r;
        r.add(50);
        r.addTable(1, 3, 9); // 37 of 90: moves whole
        QCOMPARE(r.pages(), (Pages{{0}, {-1, 2, 3, 4}}));
    }

    void aLongTableGoesOnBelowItsHead()
    {
        Recorder r;
        r.add(20);
        r.addTable(1, 8, 15);
        QCOMPARE(r.pages(), (Pages{{0, -1, 2, 3, 4}, {-1, 5, 6, 7, 8, 9}}));
    }

    void whatComesAfterATableHasNoHeadOfIt()
    {
        Recorder r;
        r.addTable(1, 4, 17);
        r.add(60);
        QCOMPARE(r.pages(), (Pages{{-1, 1, 2, 3, 4}, {5}}));
    }

    void spaceAboveIsNotKeptAtTheTop()
    {
        Recorder r;
        r.add(70);
        r.add(20, false, 0, 13);
        const auto pages = flow(r.blocks, r.heads, 20, 10, 100);
        QCOMPARE(pages.size(), std::size_t(2));
        QCOMPARE(pages[1][0].y, 10.0);
    }

    void whatIsHigherThanAPageIsShownAllTheSame()
    {
        Recorder r;
        r.add(500);
        r.add(10);
        QCOMPARE(r.pages(), (Pages{{0}, {1}}));
    }
};

ANDON_SUITE(FlowTest)
#include "flow_test.moc"
